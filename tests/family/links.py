"""Makers: they bring a family link into a state by acting, never by assignment."""
from datetime import date, timedelta

from family.models import Link
from family.services import open_link, send
from tests.filings import photo
from tests.town import make_person
from xinyijian.casework import documents
from xinyijian.casework.workflow import act

MINUTE = timedelta(minutes=1)


def draft(town, *, at, person=None, by=None, other=None, relation="spouse", paper="household_register", **typed) -> Link:
    """The stranger asks the neighbour, with a proof, not yet sent."""
    by, other = by or town.stranger, other or town.neighbour_person
    said = {"name": other.name, "cert_number": other.cert_number, "born_on": other.born_on} | typed
    link = open_link(person or by.person or town.stranger_person, by=by, at=at, relation=relation, **said)
    if paper:
        documents.receive(link.docket, paper, photo(), by=by, at=at)
    return link


def asked(town, *, at, **more) -> Link:
    link = draft(town, at=at, **more)
    return send(link, by=link.opened_by, at=at)


def agreed(town, *, at, by=None, **more) -> Link:
    """Both sides have agreed; the clerk's turn."""
    return act(asked(town, at=at, **more).agree, by=by or town.neighbour, at=at + MINUTE, agreed=[("relative", "kinship")])


def in_force(town, *, at, **more) -> Link:
    return act(agreed(town, at=at, **more).accept, by=town.clerk, at=at + 2 * MINUTE)


def of_child(town, *, at, born_on=date(2015, 6, 1), child=None) -> Link:
    """A father registers his child: he agrees for both sides."""
    child = child or make_person("周小", born_on=born_on, serial=940)
    link = asked(town, at=at, other=child, relation="child", paper="birth_certificate")
    return act(link.accept, by=town.clerk, at=at + MINUTE)
