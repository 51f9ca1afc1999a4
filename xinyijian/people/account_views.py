"""How I sign in: my phones, my password, for staff new backup codes. Whatever is changed here wants a fresh sign-in first."""
from functools import wraps

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from xinyijian import audit

from . import codes, crypto, registration, scope, second_factor, sign_in
from .forms import CodeForm, NewPasswordForm, PhoneForm
from .fresh import ask_again
from .models import User
from .views import demo_help

ADDING = "add_phone"


def freshly(view):
    """For whoever signed in a moment ago: a phone left lying about must not be enough to change the locks."""

    @wraps(view)
    @never_cache
    @login_required
    def asked(request, *args, **kwargs):
        return ask_again(request, reverse("people:doors")) or view(request, *args, **kwargs)

    return asked


@never_cache
@login_required
@sensitive_post_parameters("phone")
def doors(request):
    """What opens my account, and what I can change."""
    if request.method == "POST":
        return _change(request)
    return _show(request, PhoneForm())


@freshly
def _change(request):
    if request.user.is_staff:
        raise Http404  # staff have no phone to sign in by
    if "remove" in request.POST:
        return _remove(request)
    form = PhoneForm(request.POST)
    if not form.is_valid() or not _send(request, form):
        return _show(request, form, status=422)
    return redirect("people:confirm_phone")


def _show(request, form, status=200):
    user = request.user
    phones = [] if user.is_staff else list(user.phones.order_by("pk"))
    left = user.backup_codes.filter(used_at=None).count() if user.is_staff else 0
    page = {"form": form, "tab": "me", "phones": phones, "left": left, "has_password": user.has_usable_password()}
    return render(request, "people/doors.html", page, status=status)


def _send(request, form):
    phone = form.cleaned_data["phone"]
    if sign_in.is_locked(request, f"phone {crypto.blind_index(phone, 'phone')}"):
        return False
    try:
        token = codes.ask(phone, sign_in.address_of(request), timezone.now(), codes.CONFIRM)
    except ValidationError as error:
        form.add_error("phone", error)
        return False
    request.session[ADDING] = {"token": token, "phone": crypto.encrypt(phone)}
    return True


def _remove(request):
    """All but the last way in may go."""
    user = request.user
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two tabs must not remove the last two
        phone = user.phones.filter(pk=_number(request.POST["remove"])).first()
        if phone is None:
            raise Http404
        if phone.verified_at and not user.has_usable_password() and user.phones.filter(verified_at__isnull=False).count() == 1:
            messages.error(request, _("This is the only way into your account. Add another phone or set a password first."))
            return redirect("people:doors")
        now = timezone.now()
        audit.record("people.Phone", "remove", by=user, at=now, object_id=phone.pk, person_id=user.person_id,
                     region=scope.region_of(user, now))
        phone.delete()
    messages.success(request, _("The phone was removed. Nobody can sign in to your account with it any more."))
    return redirect("people:doors")


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


@freshly
@sensitive_post_parameters("code")
def confirm_phone(request):
    """The code that came to the new phone."""
    adding = request.session.get(ADDING)
    if adding is None or request.user.is_staff:
        return redirect("people:doors")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and take_code(request, form, adding):
        del request.session[ADDING]
        registration.add_phone(request.user, crypto.decrypt(adding["phone"]), how="own account", at=timezone.now())
        messages.success(request, _("From now on you can sign in with this phone too."))
        return redirect("people:doors")
    return render(request, "people/confirm_phone.html", {"form": form, "tab": "me"} | demo_help(), status=422 if form.errors else 200)


def take_code(request, form, adding) -> bool:
    """Whether the code that was sent to confirm a phone is right; wrong ones count against that phone."""
    name = f"phone {crypto.blind_index(crypto.decrypt(adding['phone']), 'phone')}"
    if sign_in.is_locked(request, name):
        return False
    if codes.redeem(adding["token"], form.cleaned_data["code"], timezone.now(), codes.CONFIRM):
        sign_in.forget_failures(request, name)
        return True
    sign_in.note_failure(request, name)
    form.add_error("code", _("This code is wrong or no longer valid. Check the digits, or ask for a new code."))
    return False


@freshly
@sensitive_post_parameters()
def new_password(request):
    """A first password or another one; who forgot hers signed in by a code. It ends every other session."""
    form, name = NewPasswordForm(request.user, request.POST or None), request.user.username
    if form.is_bound and not sign_in.is_locked(request, name) and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        user, now = request.user, timezone.now()
        audit.record("people.User", "new_password", by=user, at=now, object_id=user.pk, person_id=user.person_id,
                     region=scope.region_of(user, now))
        messages.success(request, _("Your new password counts from now on. Everywhere else you are signed out."))
        return redirect("people:doors")
    if "old_password" in form.errors:
        sign_in.note_failure(request, name)
    return render(request, "people/new_password.html", {"form": form, "tab": "me"}, status=422 if form.errors else 200)


@freshly
def backup_codes(request):
    """New ones for a member of staff, shown once; no link makes them."""
    if not request.user.is_staff:
        raise Http404
    if request.method != "POST":
        return redirect("people:doors")
    fresh = second_factor.new_backup_codes(request.user)
    user, now = request.user, timezone.now()
    audit.record("people.Authenticator", "new_backup_codes", by=user, at=now, object_id=user.pk, region=scope.region_of(user, now))
    return render(request, "people/backup_codes.html", {"codes": fresh, "onward": reverse("people:doors")})
