"""The public page on which anybody asks whether a message or a letter is from us; the QR of a letter leads here with its code."""
from django import forms
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from . import confirmation, words
from .business_time import business_now
from .letters.limit import too_many
from .models import Docket

PUBLIC = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}  # the address that a QR holds tells no name
WRONG = _("One of its characters does not fit. Please compare each character with the message.")


class CheckForm(forms.Form):
    """The code, as it stands in the message."""

    code = forms.CharField(
        label=_("Code in the message"), max_length=40, help_text=_("Ten letters and digits, for example K7Q4M-XBT29."),
        error_messages={"required": _("Type the code that stands at the end of the message")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))

    def clean_code(self):
        if not (code := confirmation.tidy(self.cleaned_data["code"])):
            raise forms.ValidationError(WRONG, code="slip")
        return code


@require_http_methods(["GET", "POST"])
def check(request):
    """Yes, with day and subject and nobody's name; or no. Staff see the case as well, if it is theirs to see."""
    form = CheckForm(request.POST if request.method == "POST" else request.GET if "code" in request.GET else None)
    if form.is_bound and too_many(request):
        return _page(request, "verify/too_many.html", {}, 429, {"Retry-After": "60"})
    if not (form.is_bound and form.is_valid()):
        return _page(request, "verify/message.html", {"form": form}, 422 if form.errors else 200)
    code = form.cleaned_data["code"]
    letter = confirmation.find_letter(code)
    found = letter or confirmation.find(code)
    context = {"form": CheckForm(), "asked": code, "notice": found, "letter": letter}
    if found:
        seen = request.user.is_staff and Docket.objects.visible_to(request.user, business_now()).filter(pk=found.docket_id).exists()
        about, number = (words.title(letter.docket.kind), letter.docket.number) if letter else (words.about(found), found.number)
        context |= {"about": about, "number": number if seen else ""}
    return _page(request, "verify/message.html", context, 200 if found else 404)


def _page(request, template, context, status=200, more=None):
    return HttpResponse(render_to_string(template, context, request), status=status, headers=PUBLIC | (more or {}))
