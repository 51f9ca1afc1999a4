"""What is typed when a step of a filing is pressed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import documents
from xinyijian.casework.clerk_forms import BecauseForm, RefusalForm, ReturnForm
from xinyijian.casework.forms import StepForm

from .parameters import name_of
from .refusals import REASONS


class ReturnToApplicantForm(ReturnForm):
    pass


class RefuseForm(RefusalForm):
    REASONS = REASONS


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


class RejectGapForm(_GivenForm, BecauseForm):
    pass


class ExtendGapForm(BecauseForm):
    pass


class EndEarlyForm(BecauseForm):
    pass


class CancelForm(BecauseForm):
    because = forms.CharField(label=_("Why, if you like to say"), required=False, max_length=400)
