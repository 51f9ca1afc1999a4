"""An insurance code typed at one of our doors: read once, under a lock, and every way in which it can fail explained."""
from django.utils.translation import gettext as _

from xinyijian import gateways

from . import registration, sign_in
from .models import Person
from .registration import Claim

LOCK = "voucher"  # nobody has a name before her code is read; wrong ones are counted for the address alone


def read(request, form) -> Claim | None:
    """Whom the code proves to be here; None with the reason on the form."""
    if sign_in.is_locked(request, LOCK):
        return None
    try:
        shown = registration.proven_by_voucher(form.cleaned_data["voucher"])
    except gateways.Rejected:
        sign_in.note_failure(request, LOCK)
        form.add_error("voucher", _("This insurance code is wrong, too old or was used already. Please show a fresh one."))
    except gateways.Unavailable:
        form.add_error("voucher", _("The insurance platform does not answer now. Show a fresh code in a minute, or use another way."))
    else:
        sign_in.forget_failures(request, LOCK)
        return shown


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
