"""An insurance code typed at one of our doors: read once, under three locks, and every way in which it can fail explained.

A wrong code names nobody, and a whole clinic may come from one address. So wrong codes are counted for the browser that typed them and for
whom they were to prove; for the address as a whole there is only a ceiling, high enough for a lobby.
"""
import secrets

from django.conf import settings
from django.utils.translation import gettext as _

from xinyijian import gateways

from . import ceilings, registration, sign_in
from .models import Person
from .registration import Claim

BROWSER = "voucher_browser"  # in the session: names the browser where wrong codes are counted


def read(request, form, claim: Claim | None = None) -> Claim | None:
    """Whom the code proves to be here, and it must be `claim` where one is given; None with the reason on the form, or locked."""
    names = [_browser(request), *([lock_of(claim)] if claim else [])]
    if any(sign_in.is_locked(request, name) for name in names) or _too_many_here(request):
        return None
    try:
        shown = registration.proven_by_voucher(form.cleaned_data["voucher"])
    except gateways.Rejected:
        return _wrong(request, form, names, _("This insurance code is wrong, too old or was used already. Please show a fresh one."))
    except gateways.Unavailable:
        ceilings.give_back(request, _address(request), remember=False)
        form.add_error("voucher", _("The insurance platform does not answer now. Show a fresh code in a minute, or use another way."))
        return None
    ceilings.give_back(request, _address(request), remember=False)
    if claim and not shown.agrees_with(claim):
        why = _("This insurance code belongs to another name or certificate than you typed. Please begin again.")
        return _wrong(request, form, names, why)
    if sign_in.is_locked(request, lock_of(shown)):
        return None
    for name in names:
        sign_in.forget_failures(request, name)
    return shown


def lock_of(claim: Claim) -> str:
    """Under which name wrong proofs for one certificate are counted, at every door."""
    return f"claim {claim.digest()}"


def _wrong(request, form, names, why):
    for name in names:
        sign_in.note_failure(request, name)
    form.add_error("voucher", why)


def _browser(request):
    return f"voucher {request.session.setdefault(BROWSER, secrets.token_hex(16))}"


def _address(request):
    return f"voucher {sign_in.address_of(request)}"


def _too_many_here(request):
    wait = ceilings.take(request, _address(request), most=settings.WRONG_VOUCHERS_AN_HOUR)
    if wait:
        sign_in.lock_for(request, wait)
    return bool(wait)


def insured(form, claim: Claim) -> Person | None:
    """The insured person behind a proven claim, taken from the platform where our roster lacks her; None with the reason on the form."""
    try:
        person = registration.known(claim)
    except (gateways.Rejected, gateways.Unavailable):
        form.add_error(None, _("The insurance platform does not answer now. Please try again in a minute."))
        return None
    if person is None:
        form.add_error(None, _("The insurance does not know these data in a region that this portal serves. Please ask at the counter."))
    return person
