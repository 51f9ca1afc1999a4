"""What is chosen to narrow the worklist, and the name under which it is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import Region

from . import words
from .models.case import case_classes
from .worklist_filter import Filter

ANY = ("", _("any"))
TOWNS = 300  # more than anybody would look through
DUE = [ANY, ("overdue", _("overdue")), ("today", _("due today")), ("week", _("due within seven days"))]
GAP = [
    ANY,
    ("any", _("some document is still owed")),
    ("owed", _("owed, in time")),
    ("given", _("given, to be checked")),
    ("overdue", _("overdue")),
]
HELD = [ANY, ("mine", _("in my hands")), ("nobody", _("in nobody's hands")), ("others", _("in a colleague's hands"))]


class FilterForm(forms.Form):
    """Service and state are one choice, so that they cannot contradict each other."""

    what = forms.ChoiceField(label=_("Service and state"), required=False)
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    town = forms.ChoiceField(label=_("Region"), required=False)
    gap = forms.ChoiceField(label=_("Missing documents"), required=False, choices=GAP)
    held = forms.ChoiceField(label=_("In hand"), required=False, choices=HELD)

    def __init__(self, *args, queues, deputy=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [ANY, *_services()]
        self.fields["town"].choices = [ANY, *_towns(queues)]
        if deputy:
            self.fields["held"].choices = [*HELD, ("standin", _("of those for whom I stand in"))]

    @property
    def filter(self) -> Filter:
        """What was chosen."""
        chosen = self.cleaned_data
        kind, _colon, status = chosen["what"].partition(":")
        return Filter(kind=kind, status=status, **{name: chosen[name] for name in ("due", "town", "gap", "held")})


def chosen(wish) -> dict:
    """The same as the form's own fields."""
    return wish.asked | {"what": f"{wish.kind}:{wish.status}".rstrip(":")}


def _services():
    """Per service everything of it, and each state in which something is still to be done."""
    for model in case_classes():
        kind, title = model._meta.label, words.title(model._meta.label)
        states = [(f"{kind}:{code}", label) for code, label in model.Status.choices if code not in map(str, model.FINAL)]
        yield title, [(kind, _("all of it")), *states]


def _towns(queues):
    codes = {code for code, _role in queues.regions}
    rows = Region.objects.filter(pk__in=codes).order_by("code")[:TOWNS] if len(codes) > 1 else []
    return [(region.pk, str(region)) for region in rows]
