"""How every form of the portal looks: `{{ form }}`, `{{ form.x.as_field_group }}` and `{% field form.x %}` are one template."""
from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Finds our templates first and Django's widgets behind them."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
