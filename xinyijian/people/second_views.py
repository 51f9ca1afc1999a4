"""The second proof of staff: their six digits, and the page on which an authenticator is set up before anything else."""
import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from xinyijian import audit

from . import ceilings, demo, scope, second_factor, sign_in
from .forms import SecondForm

WRONG = gettext_lazy("This code is wrong or was used already. Wait for the next one in your app, at most half a minute.")
TOO_MANY = gettext_lazy(
    "There were too many wrong codes for this account, also from other places. Try again in %(minutes)s minutes, "
    "or ask your administrator to unlock it."
)


@never_cache
@sensitive_post_parameters("code")
def second(request):
    """Six digits of her app, or a backup code."""
    user, door = sign_in.awaited(request)
    if user is None:
        return _too_late(request)
    if not second_factor.is_set_up(user):
        return redirect("people:enrol")
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _proves(request, user, form, second_factor.check):
        return HttpResponseRedirect(sign_in.enter(request, user, door))
    return render(request, "people/second.html", {"form": form} | demo_code(user), status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("codes", "authenticator")
def enrol(request):
    """A new authenticator: picture and secret, then a first code; the backup codes are shown in the answer and nowhere else."""
    user, door = sign_in.awaited(request)
    if user is None:
        return _too_late(request)
    if second_factor.is_set_up(user):
        return redirect("people:second")
    if user.temporary_until and timezone.now() >= user.temporary_until:
        messages.warning(request, _("This temporary password is too old. Ask your administrator for another one."))
        return redirect("people:password")
    authenticator = second_factor.begin(user)
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (codes := _proves(request, user, form, second_factor.confirm)):
        onward = sign_in.enter(request, user, door)
        now = timezone.now()
        audit.record("people.Authenticator", "set_up", by=user, at=now, object_id=authenticator.pk, region=scope.region_of(user, now))
        return render(request, "people/backup_codes.html", {"codes": codes, "onward": onward})
    page = {"form": form, "secret": _in_fours(authenticator.secret), "picture": _picture(authenticator)} | demo_code(user)
    return render(request, "people/enrol.html", page, status=422 if form.errors else 200)


def demo_code(user) -> dict:
    """In the demo the page shows the code that a phone would show."""
    if not settings.DEMO or demo.account(user.username) is demo.NOBODY:
        return {}
    return {"demo_user": user.username, "demo_code": second_factor.next_code(user, timezone.now())}


def _proves(request, user, form, ask):
    """What `ask` says to the code, under the same lock as every other door."""
    name = sign_in.second_name(user)
    if sign_in.is_locked(request, name):
        return None
    if wait := ceilings.take(request, name):
        form.add_error("code", TOO_MANY % {"minutes": 1 + wait // 60})
        return None
    if right := ask(user, form.cleaned_data["code"], timezone.now()):
        sign_in.forget_failures(request, name)
        ceilings.give_back(request, name)
        return right
    sign_in.note_failure(request, name)
    form.add_error("code", WRONG)
    return None


def _too_late(request):
    messages.info(request, _("Please begin with your user name and password. After that you have five minutes for the second step."))
    return redirect("people:password")


def _in_fours(secret):
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _picture(authenticator):
    return segno.make(second_factor.address_of(authenticator), error="m").png_data_uri(scale=5, border=3)
