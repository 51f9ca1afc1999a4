"""What is typed when a step of a filing is pressed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.clerk_forms import BecauseForm, RefusalForm, ReturnForm
from xinyijian.casework.forms import StepForm
from xinyijian.casework.gap_forms import ExtendGapForm, GiveMissingForm, RejectGapForm, VerifyGapForm

from .refusals import REASONS

__all__ = ["ExtendGapForm", "GiveMissingForm", "RejectGapForm", "VerifyGapForm"]  # pressed by their names


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


class EndEarlyForm(BecauseForm):
    pass


class CancelForm(BecauseForm):
    because = forms.CharField(label=_("Why, if you like to say"), required=False, max_length=400)


class FinishForm(CancelForm):
    pass


class NoteUseForm(StepForm):
    setl_id = forms.RegexField(  # as the national platform calls it
        label=_("Number of the settlement"), regex=r"^[0-9A-Za-z-]{1,30}$", required=False,
        help_text=_("As the core system prints it; each settlement is noted once"),
        error_messages={"invalid": _("1 to 30 letters, digits or hyphens")},
    )

    def inputs(self) -> dict:
        """The step speaks of the bill."""
        return {"bill": self.cleaned_data["setl_id"]}
