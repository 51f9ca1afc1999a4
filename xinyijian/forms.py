"""How every form of the portal looks: `{{ form }}`, `{{ form.x.as_field_group }}` and `{% field form.x %}` are one template."""
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

# Django's own words, which our catalogue says more kindly.
SAID_BETTER = [
    _("This field is required."),
    _("Enter a valid date."),
    _("Change or view list link"),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
]
TOO_LONG = ngettext_lazy(  # for error_messages["max_length"]
    "At most %(limit_value)d character fits here; you wrote %(show_value)d.",
    "At most %(limit_value)d characters fit here; you wrote %(show_value)d.",
    "limit_value",
)
DJANGO_TOO_LONG = ngettext_lazy(  # where no form of ours says it: the catalogue does, in Chinese
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)


class PortalRenderer(TemplatesSetting):
    """Finds our templates first and Django's widgets behind them."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
