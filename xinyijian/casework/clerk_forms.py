"""What a clerk types in every service: a reason, what is to be given again, the reasons of a refusal."""
from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .forms import StepForm
from .workflow import checks_for


class BecauseForm(StepForm):
    """A reason in the clerk's own words."""

    because = forms.CharField(label=_("Reason, in plain words"), widget=forms.Textarea(attrs={"rows": 4}), max_length=1000,
                              help_text=_("The applicant reads this"))


class ReturnForm(BecauseForm):
    """Which of the papers that were given are wanted once more, and why."""

    redo = forms.MultipleChoiceField(label=_("Documents to be given again"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["redo", "because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = words.of_service(self.case.docket.kind).document_name
        kinds = self.case.docket.documents.order_by("kind").values_list("kind", flat=True).distinct()
        self.fields["redo"].choices = [(kind, named(kind)) for kind in kinds]


class RefusalForm(BecauseForm):
    """A service says in REASONS what only a person could see: {code: (text, remedy)}."""

    REASONS: dict = {}
    reasons = forms.MultipleChoiceField(label=_("Reasons"), required=False, widget=forms.CheckboxSelectMultiple,
                                        help_text=_("What the rules do not say by themselves; tick all that apply"))
    field_order = ["reasons", "because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [(code, text) for code, (text, _remedy) in self.REASONS.items()]

    def clean(self):
        """A refusal names at least one reason: a rule that is not met, or what only a person saw."""
        data = super().clean()
        met = all(answer.ok for _rule, answer in checks_for(self.case, "refuse", by=self.by, at=self.at))
        if met and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", _("Every rule is met, so please tick at least one reason"))
        return data
