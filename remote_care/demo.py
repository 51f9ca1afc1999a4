"""The demo's filings: opened by acting, a few days or weeks ago, so that the desk has something to decide and something overdue."""

from datetime import date, timedelta

from xinyijian.casework import clock
from xinyijian.casework.days import day_of
from xinyijian.casework.demo_papers import picture
from xinyijian.casework.workflow import act
from xinyijian.people.models import User

from . import drafts
from .demo_types import TYPES
from .models import Filing
from .services import open_filing

DAY = timedelta(days=1)
ADDRESS = {
    "remote_address": "示例大道 12 号 3 栋 402 室",
    "contact_name": "李晓兰",
    "contact_phone": "19900000001",
    "resident_since": date(2024, 3, 1),
}
ALONE = ("stranger", "jiangsu")  # of another family than the contact person: reached themselves
PAPERS = ("identity_card", "residence_proof")


def open_demo_cases(now) -> int:
    """Seven situations, then every type and entry (demo_types.py); does nothing when there are any filings. Returns how many it opened."""
    if Filing.objects.exists():
        return 0
    for story in (*STORIES, *TYPES):
        story(now)
    clock.tick(now)
    return len(STORIES) + len(TYPES)


def waiting_for_a_clerk(now):
    """The daughter files for her mother, the proof of residence will follow."""
    _submitted("lan", "mother", "440100", now - DAY, papers=PAPERS[:1])


def overdue_at_the_desk(now):
    """Sent weeks ago and still not decided."""
    _submitted("husband", "husband", "310100", now - 30 * DAY)


def in_force_with_a_gap(now):
    """In force at once, although the proof of residence is still owed."""
    filing = _submitted("lan", "lan", "110100", now - 20 * DAY, papers=PAPERS[:1])
    _in_force(filing, now - 19 * DAY)


def in_force_and_complete(now):
    """Nothing is owed: what a settled case looks like."""
    filing = _submitted("father", "father", "440300", now - 60 * DAY)
    _in_force(filing, now - 58 * DAY)


def returned(now):
    """The applicant is asked once and completely what to mend."""
    filing = _submitted("stranger", "stranger", "440100", now - 6 * DAY)
    act(
        filing.return_to_applicant,
        by=_user("clerk"),
        at=now - 5 * DAY,
        redo=["residence_proof"],
        because="居住证明看不清，请在光线好的地方重拍一张。",
    )


def refused(now):
    """Every reason is given; she has filed again since."""
    filing = _submitted("stranger", "stranger", "310100", now - 40 * DAY)
    act(
        filing.refuse,
        by=_user("clerk2"),
        at=now - 39 * DAY,
        reasons=["proves_nothing", "not_the_person"],
        because="居住证明上的姓名与申请人不一致。",
    )


def from_jiangsu_by_commitment(now):
    """Another province's rules: a letter of commitment instead of a proof."""
    _submitted("jiangsu", "jiangsu", "310100", now - 2 * DAY, papers=PAPERS[:1], basis=Filing.Basis.COMMITMENT)


STORIES = (
    waiting_for_a_clerk,
    overdue_at_the_desk,
    in_force_with_a_gap,
    in_force_and_complete,
    returned,
    refused,
    from_jiangsu_by_commitment,
)


def _submitted(by, person, place, at, *, papers=PAPERS, basis=Filing.Basis.DOCUMENTS, type=Filing.Type.LONG_RESIDENCE):
    user, whose = _user(by), _user(person).person
    filing = open_filing(whose, by=user, at=at)
    contact = {"contact_name": whose.name, "contact_phone": whose.phone} if by in ALONE else {}
    drafts.save(filing, {"type": type, "place_id": place, "basis": basis, "start_on": day_of(at), **ADDRESS, **contact}, by=user, at=at)
    for kind in papers:
        drafts.attach(filing, kind, picture(kind, whose), by=user, at=at)
    for name in drafts.SIGNED_AT:
        if letter := drafts.letter_of(filing, name, at):
            drafts.sign(filing, name, letter.sha256, by=user, at=at)
    return act(filing.submit, by=user, at=at)


def _in_force(filing, at):
    act(filing.accept, by=_user("clerk"), at=at)
    act(filing.put_in_force, by=_user("clerk2"), at=at + timedelta(hours=2), number=f"DEMO{filing.pk:08}")


def _user(name):
    return User.objects.get(username=name)
