"""The doors: a code to the phone, or a password. They keep real time, whatever the demo's business time is."""
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from . import codes, demo, sign_in
from .forms import ChooseForm, CodeForm, PasswordForm, PhoneForm

PENDING, CHOICE = "sign_in_code", "sign_in_choice"


@never_cache
@sensitive_post_parameters("phone")
def ask_code(request):
    """The first page: where shall the code go?"""
    sign_in.keep_next(request)
    form = PhoneForm(request.POST or None, initial={"phone": _demo_account(request).phone})
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        return redirect("people:enter_code")
    page = {"form": form, "sign_on": _sign_on()} | demo_help(phones=True)
    return render(request, "people/sign_in.html", page, status=422 if form.errors else 200)


def _ask(request, form):
    phone = form.cleaned_data["phone"]
    if sign_in.is_locked(request, _lock_of(codes.blind_index(phone, "phone"))):
        return False
    try:
        token = codes.ask(phone, sign_in.address_of(request), timezone.now())
    except ValidationError as error:
        if error.code == "too_soon" and _is_pending(request, phone):
            messages.info(request, _("The code we sent a moment ago is still good: enter it here. In a minute you can ask for a new one."))
            return True
        form.add_error(None, error)
        return False
    request.session[PENDING] = {"token": token, "phone": codes.blind_index(phone, "phone")}
    return True


def _is_pending(request, phone):
    return request.session.get(PENDING, {}).get("phone") == codes.blind_index(phone, "phone")


@never_cache
@sensitive_post_parameters("code")
def enter_code(request):
    """The second page: the code. Wrong, expired and never sent look alike."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (response := _enter(request, form, pending)):
        return response
    return render(request, "people/enter_code.html", {"form": form} | demo_help(), status=422 if form.errors else 200)


def _enter(request, form, pending):
    name = _lock_of(pending["phone"])
    if sign_in.is_locked(request, name):
        return None
    phone_digest = codes.redeem(pending["token"], form.cleaned_data["code"], timezone.now())
    users = list(codes.users_with(phone_digest)) if phone_digest else []
    if not users:
        sign_in.note_failure(request, name)
        form.add_error("code", _("This code is wrong or no longer valid. Check the digits, or ask for a new code."))
        return None
    sign_in.forget_failures(request, name)
    return _let_in(request, users, phone_digest)


def _let_in(request, users, phone_digest):
    del request.session[PENDING]
    if len(users) == 1:
        return HttpResponseRedirect(sign_in.enter(request, users[0], "code"))
    request.session[CHOICE] = {"phone": phone_digest, "until": (timezone.now() + codes.LIFETIME).timestamp()}
    return redirect("people:choose_user")


@never_cache
def choose_user(request):
    """The third page, where several people share the phone: who is here?"""
    choice = request.session.get(CHOICE)
    if choice is None or timezone.now().timestamp() >= choice["until"]:
        return redirect("people:sign_in")
    form = ChooseForm(request.POST or None, users=codes.users_with(choice["phone"]))
    if request.method == "POST" and form.is_valid():
        del request.session[CHOICE]
        return HttpResponseRedirect(sign_in.enter(request, form.cleaned_data["user"], "code"))
    return render(request, "people/choose_user.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password")
def password(request):
    """The door of staff, and of persons who chose a password: those may type their certificate number as a user name."""
    sign_in.keep_next(request)
    form = PasswordForm(request, request.POST or None, initial={"username": _demo_account(request).username})
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(sign_in.admit(request, form.get_user(), "password"))
    return render(request, "people/password.html", {"form": form} | demo_help(), status=422 if form.errors else 200)


@require_POST
def sign_out(request):
    """Leave, from every page."""
    sign_in.leave(request, "asked")
    return redirect("people:sign_in")


@require_safe
def admin_sign_in(request):
    """The admin has no door of its own: one door, one lock."""
    return HttpResponseRedirect(f"{reverse('people:password')}?{request.GET.urlencode()}")


def _sign_on():
    """What the provincial sign-on is called here; '' where there is none."""
    return settings.OIDC_ISSUER and (settings.OIDC_NAME or _("With the provincial single sign-on"))


def _lock_of(phone_digest):
    return f"phone {phone_digest}"


def _demo_account(request):
    return demo.account(request.GET.get("as", "")) if settings.DEMO else demo.NOBODY


def demo_help(phones=False) -> dict:
    """What the demo tells at a door: who may come in, the password, and where the simulated messages and insurance codes are."""
    if not settings.DEMO:
        return {}
    accounts = [account for account in demo.ACCOUNTS if bool(account.phone) is phones]
    return {"demo_accounts": accounts, "demo_password": demo.PASSWORD, "demo_inbox": f"{settings.SIMULATORS_URL}inbox/",
            "demo_vouchers": f"{settings.SIMULATORS_URL}people/"}
