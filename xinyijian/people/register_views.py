"""Opening an account, page by page: who and which phone, the code, and where needed one more proof. Real time, like every door.

Nothing here says whether somebody is known: but for the holder of the roster's own phone every answer is the same.
"""
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from . import codes, consents, crypto, demo, registration, sign_in, vouchers
from .crypto import blind_index
from .forms import CodeForm
from .models import Consent
from .register_forms import OpenForm, RegisterForm, VoucherForm
from .registration import Claim
from .views import demo_help

PENDING, WITHIN = "register", 15 * 60  # seconds between the first page and the last


@never_cache
@sensitive_post_parameters("name", "cert_number", "phone")
def register(request):
    """Who she is and where the code shall go."""
    form = RegisterForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        return redirect("people:register_code")
    page = {"form": form, "letter": _letter(), "newcomers": demo.NEWCOMERS if settings.DEMO else ()}
    return render(request, "people/register.html", page, status=422 if form.errors else 200)


def _letter():
    """The whole text of what she ticks; it is this text that her consent names."""
    return consents.text_of(Consent.Kind.OPENING)


def _ask(request, form):
    phone = form.cleaned_data["phone"]
    names = _locks(form.claim, phone)
    if any(sign_in.is_locked(request, name) for name in names):
        return False
    try:
        token = codes.ask(phone, sign_in.address_of(request), timezone.now(), codes.REGISTER)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    keep(request, claim=form.claim.sealed(), phone=crypto.encrypt(phone), token=token)
    return True


def _locks(claim, phone):
    return vouchers.lock_of(claim), f"phone {blind_index(phone, 'phone')}"


def keep(request, **facts):
    """What is known of her so far, for a quarter of an hour; names, numbers and phones sealed."""
    request.session[PENDING] = facts | {"until": timezone.now().timestamp() + WITHIN}


def pending(request) -> dict:
    """What was kept, or nothing."""
    found = request.session.get(PENDING) or {}
    return found if found.get("until", 0) > timezone.now().timestamp() else {}


@never_cache
@sensitive_post_parameters("code")
def register_code(request):
    """The code that came. Then she is in, or one more proof is asked for."""
    kept = pending(request)
    if "token" not in kept:
        return redirect("people:register")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (response := _take_code(request, form, kept)):
        return response
    return render(request, "people/register_code.html", {"form": form} | demo_help(), status=422 if form.errors else 200)


def _take_code(request, form, kept):
    claim, phone = Claim.unsealed(kept["claim"]), crypto.decrypt(kept["phone"])
    names = _locks(claim, phone)
    if any(sign_in.is_locked(request, name) for name in names):
        return None
    if not codes.redeem(kept["token"], form.cleaned_data["code"], timezone.now(), codes.REGISTER):
        sign_in.note_failure(request, names[1])
        form.add_error("code", _("This code is wrong or no longer valid. Check the digits, or ask for a new code."))
        return None
    sign_in.forget_failures(request, names[1])
    person = registration.proven_by_phone(claim, phone)
    if person is None:
        sign_in.note_failure(request, names[0])  # guessing names and numbers is slow work
        keep(request, claim=kept["claim"], phone=kept["phone"], confirmed=True)
        return redirect("people:register_proof")
    return _let_in(request, form, person, phone, "roster phone")


def _let_in(request, form, person, phone, how):
    try:
        user = registration.register(person, phone, how=how, at=timezone.now(), agreed=True)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    request.session.pop(PENDING, None)
    return HttpResponseRedirect(sign_in.admit(request, user, how))


@never_cache
@sensitive_post_parameters("voucher")
def register_proof(request):
    """The phone is hers, but the roster does not say so: her insurance code, her account of before, or the counter."""
    kept = pending(request)
    if not kept.get("confirmed"):
        return redirect("people:register")
    form = VoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (response := _take_voucher(request, form, kept)):
        return response
    return render(request, "people/register_proof.html", {"form": form} | demo_help(), status=422 if form.errors else 200)


def _take_voucher(request, form, kept):
    claim, phone = Claim.unsealed(kept["claim"]), crypto.decrypt(kept["phone"])
    shown = vouchers.read(request, form, claim)
    if shown is None:
        return None
    person = vouchers.insured(form, shown)
    return _let_in(request, form, person, phone, "e-voucher") if person else None


@never_cache
def register_open(request):
    """Whom her e-voucher proved at the sign-in page, and who has no account yet."""
    kept = pending(request)
    if not kept.get("proven"):
        return redirect("people:register")
    claim, form = Claim.unsealed(kept["claim"]), OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = vouchers.insured(form, claim)
        if person and (response := _let_in(request, form, person, "", "e-voucher")):
            return response
    page = {"form": form, "claim": claim, "letter": _letter()}
    return render(request, "people/register_open.html", page, status=422 if form.errors else 200)
