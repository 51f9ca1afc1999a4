"""Makers of requests about one's data: they bring a case into a state by acting, never by assignment."""

from datetime import timedelta

from data_rights.models import Correction, Reopening, Review
from data_rights.reopening import open_account_again
from data_rights.services import open_correction, open_review
from xinyijian.casework import documents
from xinyijian.casework.opening import start
from xinyijian.casework.workflow import act
from xinyijian.people.closing import close_sign_in

from .filings import photo

HOUR = timedelta(hours=1)


def correction(town, *, at, person=None, by=None, field="address", wanted="示例大道 9 号", paper=False) -> Correction:
    """Sent; by default the stranger's address, asked by himself."""
    person = person or town.stranger_person
    evidence = documents.drawn(photo("grey"), person.pk) if paper else None
    asked = {"field": field, "wanted": wanted, "because": "it is wrong", "evidence": evidence}
    return open_correction(person, by=by or town.stranger, at=at, **asked)


def review(town, *, at, person=None, by=None, about=None) -> Review:
    """Sent; by default the stranger asks about his credit standing."""
    return open_review(person or town.stranger_person, by=by or town.stranger, at=at, because="I think I was mixed up", about=about)


def reopening(town, *, at, person=None, **more) -> Reopening:
    """An account opened again at the counter; by default the stranger's, who has closed it."""
    paper = {"because": "wants it again", "agreed": [("person", "account")], "how": "paper"}
    return open_account_again(person or town.stranger_person, by=town.counter, at=at, **paper | more)


def reopenings_in_every_state(town, at):
    """{state: a reopening brought there by acting}"""
    close_sign_in(town.stranger, at=at)
    return {"draft": start(Reopening, person=town.neighbour_person, by=town.counter, at=at), "opened": reopening(town, at=at + HOUR)}


def corrections_in_every_state(town, at):
    """{state: a correction brought there by acting}"""
    later = at + HOUR
    return {
        "draft": start(Correction, person=town.stranger_person, by=town.counter, at=at, field="address", wanted="x", said="y"),
        "submitted": correction(town, at=at),
        "corrected": act(correction(town, at=at).correct, by=town.clerk, at=later, because="checked"),
        "refused": act(correction(town, at=at, wanted="elsewhere").refuse, by=town.clerk, at=later, because="no paper shows it"),
        "withdrawn": act(correction(town, at=at, wanted="nowhere").withdraw, by=town.stranger, at=later),
    }


def reviews_in_every_state(town, at):
    """{state: a review brought there by acting}"""
    later = at + HOUR
    upheld = act(review(town, at=at).uphold, by=town.officer, at=later, because="read again: no rating")
    changed = act(review(town, at=later).change, by=town.officer, at=later + HOUR, because="rated excellent since")
    withdrawn = act(review(town, at=later + 2 * HOUR).withdraw, by=town.stranger, at=later + 3 * HOUR)
    draft = start(Review, person=town.stranger_person, by=town.counter, at=at, said="y")
    return {"draft": draft, "upheld": upheld, "changed": changed, "withdrawn": withdrawn,
            "submitted": review(town, at=later + 4 * HOUR, person=town.neighbour_person, by=town.neighbour)}
