"""How the demo's filings are made: filled in, signed and sent as people do it, never put into a state."""
from datetime import date, timedelta

from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of
from xinyijian.casework.demo_papers import picture
from xinyijian.casework.workflow import act
from xinyijian.people.models import Person, User

from . import drafts
from .models import Filing
from .states import LONG

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ADDRESS = {"remote_address": "示例大道 12 号 3 栋 402 室"}


def user_of(name) -> User:
    """One of the demo's accounts."""
    return User.objects.get(username=name)


def insured(psn_no) -> Person:
    """One of the demo's people, whether she has an account or not."""
    return Person.objects.get(psn_no=psn_no)


def sent(filing, *, by, at, papers=(), how="online", **answers) -> Filing:
    """Everything that is asked, then every letter signed, then sent."""
    contact = {"contact_name": filing.person.name, "contact_phone": filing.person.phone or "19900000001"}
    known = {"start_on": day_of(at), "basis": Filing.Basis.DOCUMENTS}
    if answers.get("type") in LONG:
        known |= {"resident_since": date(2024, 3, 1)}
    drafts.save(filing, known | ADDRESS | contact | answers, by=by, at=at)
    for kind in papers:
        drafts.attach(filing, kind, picture(kind, filing.person), by=by, at=at)
    for name in drafts.SIGNED_AT:
        if letter := drafts.letter_of(filing, name, at):
            drafts.sign(filing, name, letter.sha256, by=by, at=at, how=how)
    return act(filing.submit, by=by, at=at)


def put_in_force(filing, at, *, clerk="clerk") -> Filing:
    """Accepted by a clerk, and the platform has answered."""
    act(filing.accept, by=user_of(clerk), at=at)
    return act(Filing.objects.get(pk=filing.pk).put_in_force, by=PLATFORM, at=at + 2 * HOUR, number=f"DEMO{filing.pk:08}")
