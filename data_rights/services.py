"""Deeds over several rows: asking for a correction, asking a person to review."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from xinyijian.casework import documents
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket
from xinyijian.casework.opening import start
from xinyijian.casework.workflow import act
from xinyijian.people import authority, corrections, scope, standing

from .models import EVIDENCE, Correction, Review

SERVICE = "data_rights"


def open_correction(person, *, by, at, field, wanted, because, evidence=None, key=None) -> Correction:
    """Asked for and sent at once; Refused with every reason leaves nothing behind. `evidence` is a drawn Paper or None."""
    if field not in corrections.LABELS:
        raise ValidationError(_("Choose one of the answers."), code="field")
    asked = {"field": field, "wanted": corrections.checked(field, wanted, day_of(at)), "held": corrections.held(person, field)}
    with transaction.atomic():
        case = _begin(Correction, person, by=by, at=at, key=key, said=because, **asked)
        if evidence is not None and case.status == case.Status.DRAFT:
            documents.receive(case.docket, EVIDENCE, evidence, by=by, at=at)
        return _send(case, by, at)


def open_review(person, *, by, at, because, about=None, key=None) -> Review:
    """About a case (its register entry) or, without one, about her credit standing; one open review of each at a time."""
    if about is not None and about.person_id != person.pk:
        raise Http404
    with transaction.atomic():
        if found := open_review_of(person, about):
            return found
        case = _begin(Review, person, by=by, at=at, key=key, said=because, about=about, stood=_stood(person, about, at))
        return _send(case, by, at)


def open_review_of(person, about) -> Review | None:
    """The review of the same answer that is still open."""
    return Review.objects.filter(person=person, about=about, docket__closed_at=None).order_by("pk").first()


def answered_docket(number, *, by, at) -> Docket:
    """The case that a review is to be about; 404 for what she may not see, and for reviews themselves."""
    found = Docket.objects.visible_to(by, at).filter(number=number).exclude(kind=Review._meta.label).select_related("person").first()
    if found is None:
        raise Http404
    return found


def _begin(model, person, *, by, at, key, **fields):
    if by.person_id:
        if not authority.may_act_for(by, person.pk, SERVICE, at):
            raise PermissionDenied("no grant")
        return start(model, person=person, by=by, at=at, key=key, agent=by.person if by.person_id != person.pk else None, **fields)
    if not scope.holds(by, "data_rights.submit", person.region_id, None, at):
        raise PermissionDenied("data_rights.submit")
    return start(model, person=person, by=by, at=at, key=key, **fields)


def _send(case, by, at):
    """Two presses of one form are one request: the second finds it sent."""
    return act(case.submit, by=by, at=at) if case.status == case.Status.DRAFT else case


def _stood(person, about, at):
    if about is not None:
        return about.status
    return "excellent" if standing.benefits_through([person.pk], day_of(at))[person.pk] else "none"
