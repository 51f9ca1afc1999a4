"""What is typed: a request, and the words with which it is answered."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of
from xinyijian.casework.forms import StepForm
from xinyijian.forms import TOO_LONG
from xinyijian.people import corrections
from xinyijian.people.forms import PhoneForm
from xinyijian.people.models import Consent, Sex
from xinyijian.people.unmasking import NUMBER

LONGEST = 1000


def _text(label, help_text, rows=4):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AskedOnce(forms.Form):
    """Carries a single-use key, so that two presses are one request."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class CorrectionForm(AskedOnce):
    """One fact at a time: what should stand there, why, and a paper that shows it."""

    wanted = forms.CharField(label=_("What should stand there"), max_length=200, error_messages={"max_length": TOO_LONG})
    because = _text(_("What is wrong"), _("In your own words; one sentence will do"), rows=3)
    evidence = forms.FileField(
        label=_("A paper that shows it"),
        required=False,
        help_text=_("For example the identity card or the household register. JPEG, PNG, WebP or PDF, at most 10 MB."),
    )

    def __init__(self, *args, field, at, needs_paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.field, self.at = field, at
        self.fields["evidence"].required = needs_paper
        if field == "sex":
            self.fields["wanted"] = forms.ChoiceField(label=_("What should stand there"), choices=Sex.choices, widget=forms.RadioSelect)
        elif field == "born_on":
            self.fields["wanted"].widget = forms.DateInput(attrs={"type": "date"})
        elif field == "other":
            self.fields["wanted"].label = _("What should be put in order")

    def clean_wanted(self):
        return corrections.checked(self.field, self.cleaned_data["wanted"], day_of(self.at))


class ReviewForm(AskedOnce):
    """Why a person should look."""

    because = _text(_("What seems wrong to you?"), _("In your own words; one sentence will do"))


class CloseForm(forms.Form):
    """She has read what stays."""

    understood = forms.BooleanField(
        label=_("I have read what stays, and I want to close my sign-in"),
        error_messages={"required": _("Tick this when you want to close it; otherwise go back")},
    )


class OpenAgainForm(AskedOnce, StepForm):
    """At the counter: she is there, has read the text and says why."""

    because = _text(_("Why is it opened again?"), _("In a few words; she reads this. Write no numbers."), rows=2)
    phone = forms.CharField(
        label=_("Her mobile number"),
        required=False,
        max_length=30,
        help_text=_("May stay empty. It counts once the code that arrives there is read out to you."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "class": "short"}),
    )
    seen = forms.BooleanField(
        label=_("I hold the original certificate in my hand and have compared it with the person"),
        error_messages={"required": _("Without the original certificate no account is opened at the counter.")},
    )
    agreed = forms.BooleanField(
        label=_("She has read this text, or had it read to her, and has signed it on paper"),
        error_messages={"required": _("Without this consent no account can be opened.")},
    )

    def clean_because(self):
        text = " ".join(self.cleaned_data["because"].split())
        if NUMBER.search(text):
            raise forms.ValidationError(_("Write no certificate or phone number here: the reason is kept in clear."), code="number")
        return text

    def clean_phone(self):
        return PhoneForm.clean_phone(self) if self.cleaned_data["phone"].strip() else ""

    def inputs(self) -> dict:
        """The consent stands on paper; what was ticked is that it does."""
        given = {name: self.cleaned_data[name] for name in ("because", "phone")}
        return given | {"agreed": [("person", Consent.Kind.ACCOUNT)], "how": Consent.How.PAPER}


class _Answer(StepForm):
    because = _text(_("Answer with reasons, in plain words"), _("The person reads this"))


class CorrectForm(_Answer):
    pass


class RefuseForm(_Answer):
    pass


class ChangeForm(_Answer):
    pass


class UpholdForm(_Answer):
    pass
