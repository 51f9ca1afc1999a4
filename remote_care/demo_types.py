"""A filing of each type, entry and turn that the desk may meet, beside those of demo.py."""
from xinyijian.casework.workflow import act
from xinyijian.people.models import Organisation, Post, Role, User

from .demo_making import DAY, HOUR, insured, put_in_force, sent, user_of
from .models import Filing
from .services import open_by_app, open_filing

Type, Channel, Occasion = Filing.Type, Filing.Channel, Filing.Occasion


def other_temporary(now):
    """Goes to another city by his own decision, the provincial entry; temporary, so it has an end."""
    by = user_of("neighbour")
    filing = sent(open_filing(by.person, by=by, at=now - 9 * DAY), by=by, at=now - 9 * DAY, papers=("identity_card",),
                  type=Type.OTHER_TEMPORARY, place_id="440100")
    put_in_force(filing, now - 8 * DAY, clerk="clerk-next")


def referred(now):
    """Sent by the county hospital, with its stamped form."""
    by = user_of("father")
    sent(open_filing(by.person, by=by, at=now - 2 * DAY), by=by, at=now - 2 * DAY, papers=("identity_card", "referral_form"),
         type=Type.REFERRED, place_id="310100", referral_hospital="青禾县人民医院（演示）", referral_level=2)


def emergency_afterwards(now):
    """Counted as filed when it happened; paid in full then, so it is recorded now and goes on to reimbursement."""
    by, at = user_of("mother"), now - 3 * DAY
    filing = sent(open_filing(by.person, by=by, at=at, emergency=True), by=by, at=at, place_id="310100", occasion=Occasion.PAID,
                  care_hospital="上海示例医院", admitted_on=(now - 20 * DAY).date(), discharge_at=now - 15 * DAY)
    put_in_force(filing, now - 2 * DAY)


def national_entry(now):
    """By the national platform's entry, which asks for a photo of the card and serves other provinces only."""
    by, at = user_of("jiangsu-son"), now - DAY
    sent(open_filing(by.person, by=by, at=at, channel=Channel.NATIONAL), by=by, at=at, papers=("identity_photo",),
         type=Type.OTHER_TEMPORARY, place_id="440100")


def from_the_provinces_app(now):
    """Begun, filled in and sent in the province's own app."""
    app, at = Organisation.objects.get(code="AP430000"), now - 5 * HOUR
    by = _system_of(app, now - 90 * DAY)
    sent(open_by_app(insured("439901000000123"), app, Channel.PROVINCIAL, by=by, at=at), by=by, at=at,
         papers=("identity_card", "residence_proof"), type=Type.LONG_RESIDENCE, place_id="440300")


def before_discharge(now):
    """In hospital in Hunan without a filing, filed before the bill: the insurance office there settles directly at discharge (S0.14)."""
    by, at = user_of("jiangsu-sister"), now - DAY
    hospital = Organisation.objects.get(code="H43990100001")
    filing = sent(open_filing(by.person, by=by, at=at), by=by, at=at, papers=("identity_card",), type=Type.OTHER_TEMPORARY,
                  place_id="439900", occasion=Occasion.ADMITTED, care_organisation_id=hospital.pk, admitted_on=(now - 4 * DAY).date(),
                  discharge_at=now + 2 * DAY)
    put_in_force(filing, now - 20 * HOUR, clerk="clerk-jiangsu")


def moves_on(now):
    """Retired and settled elsewhere since spring; now another city, so a new filing is begun and the old one counts until then."""
    by, at = user_of("husband-mother"), now - 230 * DAY
    papers = ("identity_card", "household_register_front", "household_register_page")
    filing = sent(open_filing(by.person, by=by, at=at), by=by, at=at, papers=papers, type=Type.SETTLED_RETIREE, place_id="440100")
    filing = put_in_force(filing, at + DAY)
    act(Filing.objects.get(pk=filing.pk).change, by=by, at=now - 4 * DAY)


def broken_promise(now):
    """The letter of posting was promised and never came: overdue, on record as a broken promise, and an officer's to decide."""
    by, at = user_of("husband"), now - 30 * DAY
    filing = sent(open_filing(by.person, by=by, at=at), by=by, at=at, papers=("identity_card",), type=Type.POSTED_WORKER, place_id="440300")
    put_in_force(filing, at + DAY)


def _system_of(app, at):
    """The software of an online platform: nobody can sign in as it, and it has no key until an administrator makes one."""
    user = User.objects.create_user(f"demo-system-{app.code.lower()}", is_staff=True)
    Post.objects.create(user=user, organisation=app, role=Role.CONNECTED, principal=True, since=at.date())
    return user


TYPES = (other_temporary, referred, emergency_afterwards, national_entry, from_the_provinces_app, before_discharge, moves_on,
         broken_promise)
