"""What is typed when a step of a family link is pressed."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import documents
from xinyijian.casework.clerk_forms import RefusalForm, ReturnForm
from xinyijian.casework.forms import StepForm
from xinyijian.people.models import Consent

from .agreeing import kinds_at_sending, kinds_for, texts_for
from .parties import side_of, slots_left
from .refusals import REASONS
from .states import CHOSEN_ENDS, SIDES

TICKS = {
    "kinship": _("I have read the text and agree to the registration of the family link"),
    "guardian": _("As the child's guardian I have read the text and agree"),
    "child_under_14": _("I also agree, separately, that the data of a child under fourteen are used"),
}
MISSED = {"required": _("Please read the text and tick the box to agree.")}


class _Agreeing(StepForm):
    """One tick for each text that whoever is here agrees to."""

    def add_ticks(self, agreed):
        self.agreed, self.texts = agreed, texts_for(agreed)
        for kind in dict.fromkeys(kind for _side, kind in agreed):
            self.fields[f"agree_{kind}"] = forms.BooleanField(label=TICKS[kind], error_messages=MISSED)

    @property
    def items(self) -> list[dict]:
        """For the page: each text with its tick."""
        return [{"text": text, "tick": self[f"agree_{text.kind}"]} for text in self.texts]

    def inputs(self):
        return {"agreed": self.agreed, "how": Consent.How.ONLINE}


class SubmitForm(_Agreeing):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_ticks([] if self.by.is_staff else kinds_at_sending(self.case, self.at))


class AgreeForm(_Agreeing):
    """Online everybody agrees for her own side; at the counter staff say whose signature they hold, with the scan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.left = slots_left(self.case)
        if self.by.is_staff:
            self.add_ticks([])
            self.fields["side"] = forms.ChoiceField(
                label=_("Who signs?"), widget=forms.RadioSelect, choices=[(side, SIDES[side]) for side in self.left])
            self.fields["scan"] = forms.FileField(
                label=_("Scan of the signed consent"), help_text=_("Compare the signature with the certificate"))
        else:
            self.side = side_of(self.case, self.by)
            self.add_ticks(kinds_for(self.case, self.side, self.at) if self.side in self.left else [])

    def clean(self):
        if not self.by.is_staff and self.side not in self.left:
            raise forms.ValidationError(_("You have already agreed."))
        return super().clean()

    def inputs(self):
        if not self.by.is_staff:
            return super().inputs()
        side = self.cleaned_data["side"]
        documents.receive(self.case.docket, "signed_consent", self.cleaned_data["scan"], by=self.by, at=self.at)
        return {"agreed": kinds_for(self.case, side, self.at), "how": Consent.How.PAPER}


class ConfirmForm(_Agreeing):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        side = side_of(self.case, self.by)
        self.add_ticks([] if self.by.is_staff or not side else [(side, "kinship")])

    def inputs(self):
        return super().inputs() if self.agreed else {}


class ReturnToApplicantForm(ReturnForm):
    pass


class RefuseForm(RefusalForm):
    REASONS = REASONS


class EndForm(StepForm):
    because = forms.ChoiceField(label=_("Why are you ending it?"), choices=list(CHOSEN_ENDS.items()), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Anything you would like to add (optional)"), required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.case.relation != "spouse":
            self.fields["because"].choices = [one for one in CHOSEN_ENDS.items() if one[0] != "divorce"]
