"""Accounts at the counter: the clerk holds the certificate, opens the account, and the phone is confirmed by a code read out."""
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from xinyijian import audit

from . import codes, crypto, registration, reopening, scope, sign_in, vouchers
from .account_views import take_code
from .forms import CodeForm
from .models import User
from .register_forms import CounterForm
from .views import demo_help

OPEN = "people.open_account"
ADDING, CLOSED = "counter_phone", "counter_closed"


@never_cache
@login_required
@sensitive_post_parameters("name", "cert_number", "phone")
def accounts(request):
    """Name and certificate as they are seen; the account is opened, or the one that is there gets another phone."""
    if not scope.holds_anywhere(request.user, OPEN, timezone.now()):
        raise Http404
    form = CounterForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and (user := _open(request, form)):
        return redirect("people:counter_account" if user.is_active else "data_rights:open_again", user.pk)
    return render(request, "people/accounts.html", {"form": form, "place": "accounts"}, status=422 if form.errors else 200)


def _open(request, form):
    person, by, at = vouchers.insured(form, form.claim), request.user, timezone.now()
    if person is None:
        return None
    if not scope.holds(by, OPEN, person.region_id, None, at) or by.person_id == person.pk:
        audit.record("people.User", "refused", by=by, at=at, person_id=person.pk, region=person.region_id, data={"for": OPEN})
        form.add_error(None, _("This person is insured elsewhere. Her own agency opens the account."))
        return None
    try:
        return registration.register(person, form.cleaned_data["phone"], how="counter", at=at, by=by, verified=False)
    except ValidationError as error:
        if error.code == "closed":
            return _closed(request, person)
        form.add_error(None, error)
        return None


def _closed(request, person):
    """Her closed account; this clerk has just typed her name and certificate, which the page that opens it again wants."""
    user = reopening.account_of(person)
    request.session[CLOSED] = user.pk
    return user


@never_cache
@login_required
@sensitive_post_parameters("code")
def account(request, pk):
    """The account as it stands; each phone of it that still has to be confirmed."""
    user = _find(pk, request.user)
    if request.method == "POST" and "send" in request.POST:
        return _send(request, user)
    adding = request.session.get(ADDING) or {}
    waiting = user.phones.filter(pk=adding.get("pk", 0), verified_at=None).first()
    form = CodeForm(request.POST if waiting and request.method == "POST" else None)
    if form.is_bound and form.is_valid() and take_code(request, form, adding):
        del request.session[ADDING]
        registration.add_phone(user, waiting.number, how="counter", at=timezone.now(), by=request.user)
        messages.success(request, _("The phone is confirmed. From now on she can sign in with it."))
        return redirect("people:counter_account", user.pk)
    page = {"form": form, "shown": user, "phones": user.phones.order_by("pk"), "waiting": waiting, "place": "accounts"}
    return render(request, "people/account.html", page | demo_help(), status=422 if form.errors else 200)


def _find(pk, by):
    """The account of somebody insured where this clerk opens accounts."""
    user = User.objects.filter(pk=pk, is_staff=False, person__isnull=False).select_related("person__region").first()
    if user is None or not scope.holds(by, OPEN, user.person.region_id, None, timezone.now()):
        raise Http404
    return user


def _send(request, user):
    phone = user.phones.filter(verified_at=None, pk=request.POST["send"]).first() if request.POST["send"].isdecimal() else None
    if phone is None:
        raise Http404
    try:
        token = codes.ask(phone.number, sign_in.address_of(request), timezone.now(), codes.CONFIRM)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        request.session[ADDING] = {"pk": phone.pk, "token": token, "phone": crypto.encrypt(phone.number)}
        messages.info(request, _("A code is on its way. Ask her to read it out, and type it below."))
    return redirect("people:counter_account", user.pk)
