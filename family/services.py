"""Deeds of the family over several rows: asking for a link, and ending one that no case stands behind."""
from django.core.exceptions import PermissionDenied
from django.db import transaction

from xinyijian.casework import documents
from xinyijian.casework.opening import start
from xinyijian.casework.rules import WRONG_STATE, Refused
from xinyijian.casework.workflow import act, lock, may_press, steps_of_class
from xinyijian.people import authority, scope, ties

from . import telling
from .agreeing import kinds_at_sending
from .models import Link
from .states import OPEN


def open_link(person, *, by, at, relation, name, cert_number, cert_type="01", born_on=None, key=None) -> Link:
    """A draft for herself, for her minor child, or for somebody at the counter; otherwise PermissionDenied.

    What was typed about the other side is kept as it is: whether anybody fits is looked up when it is sent, and told to clerks only.
    """
    typed = {"relation": relation, "relative_name": name, "relative_cert": cert_number, "relative_cert_type": cert_type,
             "relative_born_on": born_on}
    if by.person_id:
        if by.person_id != person.pk and not authority.minors_of(by, at).filter(pk=person.pk).exists():
            raise PermissionDenied("not her guardian")
        agent = by.person if by.person_id != person.pk else None
        return start(Link, person=person, by=by, at=at, key=key, agent=agent, **typed)
    if not scope.holds(by, "family.open_link", person.region_id, None, at):
        raise PermissionDenied("family.open_link")
    return start(Link, person=person, by=by, at=at, key=key, channel=Link.Channel.COUNTER, **typed)


def attach(link, kind, file, *, by, at):
    """Take a proof as a photo or PDF; ValidationError in clear words when it will not do."""
    paper = documents.drawn(file, link.person_id)
    with transaction.atomic():
        lock(link, by=by, at=at)
        if link.status not in OPEN:
            raise Refused([WRONG_STATE])
        if not may_press(link, steps_of_class(Link)["submit"], by, at):
            raise PermissionDenied("family.open_link")
        return documents.receive(link.docket, kind, paper, by=by, at=at)


def send(link, *, by, at) -> Link:
    """Send it, with the consents of whoever asks online; at the counter everybody signs afterwards."""
    agreed = [] if by.is_staff else kinds_at_sending(link, at)
    return act(link.submit, by=by, at=at, agreed=agreed)


def end_tie(link, *, by, at, because, note="") -> bool:
    """End a family link of the register, through its case where there is one; False when it had ended before."""
    case = Link.objects.filter(number=link.case_number).first() if link.case_number else None
    if case is None:
        with transaction.atomic():
            ended = ties.end_link(link, by=by, at=at, because=because)
            telling.tell_ended([ended] if ended else [], at)
        return ended is not None
    act(case.end, by=by, at=at, because=because, note=note)
    return True
