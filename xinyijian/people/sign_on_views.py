"""In by the provincial single sign-on, where one is configured: to what was bound beforehand, or to whom certificate and name belong."""
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xinyijian import audit, gateways
from xinyijian.gateways import sign_on
from xinyijian.gateways.sign_on import Question

from . import registration, sign_in
from .models import Binding
from .registration import Claim

ASKED = "sign_on"


@never_cache
@require_GET
def go(request):
    """Send her there with a question that only this browser knows."""
    _only_where_configured()
    sign_in.keep_next(request)
    question = Question.fresh()
    try:
        address = sign_on.address_for(question, _back())
    except (gateways.Unavailable, gateways.Rejected):
        return _no(request, _("it does not answer"))
    request.session[ASKED] = asdict(question)
    return HttpResponseRedirect(address)


@never_cache
@require_GET
def back(request):
    """She comes back with an answer; it counts once, and only to the question that was asked here."""
    _only_where_configured()
    asked = request.session.pop(ASKED, None)
    if not asked or not constant_time_compare(asked["state"], request.GET.get("state", "")) or not request.GET.get("code"):
        return _no(request, _("it was not finished or took too long"))
    try:
        subject = sign_on.subject_of(request.GET["code"], Question(**asked), _back())
        user = _user_for(subject)
    except gateways.Unavailable:
        return _no(request, _("it does not answer"))
    except gateways.Rejected:
        return _no(request, _("its answer does not fit what we asked"))
    except ValidationError as error:
        return _no(request, error.messages[0].rstrip("。."))
    if user is None or not user.is_active:
        return _no(request, _("nobody here is bound to that account"))
    if user.is_staff and subject.strong and settings.OIDC_SECOND_PROOF:
        return HttpResponseRedirect(sign_in.enter(request, user, "sign-on"))  # both proofs were given there, and here that is enough
    return HttpResponseRedirect(sign_in.admit(request, user, "sign-on"))


def _user_for(subject):
    """Whom the subject is bound to; else the insured person with that certificate and that name. Staff only by a binding."""
    bound = Binding.objects.filter(issuer=subject.issuer, subject=subject.subject).select_related("user").first()
    if bound:
        return bound.user
    if not (subject.name and subject.cert_type and subject.cert_number):
        return None
    person = registration.known(Claim(subject.name, subject.cert_type, subject.cert_number))
    if person is None:
        return None
    at = timezone.now()
    user = registration.register(person, "", how="sign-on", at=at)
    _binding, new = Binding.objects.get_or_create(issuer=subject.issuer, user=user, defaults={"subject": subject.subject, "bound_at": at})
    if new:
        audit.record("people.Binding", "add", by=user, at=at, object_id=_binding.pk, person_id=person.pk, region=person.region_id)
    return user if _binding.subject == subject.subject else None


def _no(request, why):
    messages.error(request, _("The sign-on did not let you in: %(why)s. Please try again, or use another way.") % {"why": why})
    return redirect("people:sign_in")


def _back():
    return settings.SITE_URL.rstrip("/") + reverse("people:sign_on_back")


def _only_where_configured():
    if not settings.OIDC_ISSUER:
        raise Http404
