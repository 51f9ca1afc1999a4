"""What is typed when a step of a filing is pressed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import documents
from xinyijian.casework.forms import StepForm
from xinyijian.casework.workflow import checks_for

from .parameters import name_of
from .refusals import REASONS


class _Because(StepForm):
    because = forms.CharField(
        label=_("Reason, in plain words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=_("The applicant reads this"),
    )


class ReturnToApplicantForm(_Because):
    redo = forms.MultipleChoiceField(label=_("Documents to be given again"), required=False, widget=forms.CheckboxSelectMultiple)

    field_order = ["redo", "because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = self.case.docket.documents.order_by("kind").values_list("kind", flat=True).distinct()
        self.fields["redo"].choices = [(kind, name_of(kind)) for kind in kinds]


class RefuseForm(_Because):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=[(code, text) for code, (text, _remedy) in REASONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the rules do not say by themselves; tick all that apply"),
    )

    field_order = ["reasons", "because"]

    def clean(self):
        """A refusal names at least one reason: a rule that is not met, or what only a person saw."""
        data = super().clean()
        met = all(answer.ok for _rule, answer in checks_for(self.case, "refuse", by=self.by, at=self.at))
        if met and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", _("Every rule is met, so please tick at least one reason"))
        return data


class TakeBackForm(RefuseForm):
    pass


class PutInForceForm(StepForm):
    number = forms.RegexField(
        label=_("Number from the core system"),
        regex=r"^[0-9A-Za-z-]{4,30}$",
        error_messages={"invalid": _("4 to 30 letters, digits or hyphens")},
    )

    def clean_number(self):
        """Typed wrongly, it would later cancel somebody else's filing."""
        number = self.cleaned_data["number"]
        if type(self.case).objects.filter(platform_number=number).exists():
            raise forms.ValidationError(_("Another filing already has this number; please compare it with the core system"))
        return number


class GiveMissingForm(StepForm):
    code = forms.ChoiceField(label=_("Which document"), widget=forms.RadioSelect)
    file = forms.FileField(label=_("Photo or PDF"), help_text=_("JPEG, PNG, WebP or PDF, at most 10 MB; a phone photo is enough"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code, name_of(code)) for code in self.case.owed]
        if len(self.case.owed) == 1:
            self.fields["code"].initial = self.case.owed[0]

    def inputs(self):
        code = self.cleaned_data["code"]
        document = documents.receive(self.case.docket, code, self.cleaned_data["file"], by=self.by, at=self.at)
        return {"code": code, "document": document}


class _GivenForm(StepForm):
    code = forms.ChoiceField(label=_("Document"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code, name_of(code)) for code in self.case.given]
        if self.case.given:
            self.fields["code"].initial = self.case.given[0]


class VerifyGapForm(_GivenForm):
    pass


class RejectGapForm(_GivenForm, _Because):
    pass


class ExtendGapForm(_Because):
    pass


class EndEarlyForm(_Because):
    pass


class CancelForm(_Because):
    because = forms.CharField(label=_("Why, if you like to say"), required=False, max_length=400)
