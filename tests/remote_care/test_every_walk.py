"""Every type by both entries in every pack, walked from the empty draft to its end; and a region that is one more file, walked likewise.

What each cell asks for stands in test_types.TABLE, how it ends in ENDS; both were written from the documents, not from the code.
"""
import shutil
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from remote_care import drafts
from remote_care.models import Filing
from remote_care.services import open_filing
from tests import filings
from tests.town import JAN_1, SHANGHAI, make_person, make_post, make_user
from xinyijian.care.models import Coverage
from xinyijian.casework import documents
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.clock import tick
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people.models import Organisation, Region
from xinyijian.policies import forget
from xinyijian.policies.packs import FOLDER, read_packs, write_packs

from .test_types import ENTRIES, PACKS, TABLE, asked

DAY = timedelta(days=1)
ENDS = {"settled_retiree": "cancelled", "long_residence": "cancelled", "posted_worker": "cancelled",  # no end; cancelled after six months
        "referred": "ended", "other_temporary": "ended", "emergency": "ended"}  # six months; an emergency with its discharge
BEGINS = {"430000": datetime(2026, 1, 5, 9, tzinfo=SHANGHAI), "320000": datetime(2026, 2, 3, 9, tzinfo=SHANGHAI),
          "220000": datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)}
FILLED = {"place_id": "440100", "remote_address": "天河路 100 号 3 栋 402", "contact_name": "赵无名", "contact_phone": "19900000900"}
REFERRED = {"referral_hospital": "青禾县人民医院", "referral_level": 2}


@pytest.fixture
def guangzhou(db):
    Region.objects.create(code="440000", name="广东省", level="province")
    Region.objects.create(code="440100", name="广州市", level="city", parent_id="440000")


def settle(province):
    """A county there with its bureau, a clerk, and somebody insured who files for himself."""
    city, county = f"{province[:2]}9900", f"{province[:2]}9901"
    for code, level, parent in ((province, "province", None), (city, "city", province), (county, "county", city),
                                (f"{province[:2]}0100", "city", province)):
        Region.objects.create(code=code, name=f"演{code}", level=level, parent_id=parent)
    bureau = Organisation.objects.create(code=f"YB{county}", kind="bureau", region_id=county, name="演县医保局")
    there = SimpleNamespace(province=province, person=make_person(region=county), clerk=make_user("clerk", is_staff=True),
                            second_clerk=make_user("second_clerk", is_staff=True))
    there.user = make_user("insured", there.person)
    for clerk in (there.clerk, there.second_clerk):
        make_post(clerk, bureau, "clerk", since=JAN_1.date())
    return there


def refusals(step, **inputs) -> set[str]:
    with pytest.raises(Refused) as no:
        act(step, **inputs)
    return {one.code for one in no.value.unmet}


def lacking(type, principal, secondary):
    """What an empty draft of that type is refused for: everything at once."""
    always = {"not_away", "contact_incomplete"}
    own = {"emergency": {"emergency_is_filed"}, "referred": {"referral_unsound", "notice_unread"}}.get(type, {"notice_unread"})
    return always | own | ({"principal_missing"} if principal else set()) | ({"gap_not_allowed"} if secondary else set())


def fill(filing, type, papers, *, by, at):
    """As the pages do; the notice is read in the version of the region."""
    stay = {"occasion": "admitted", "care_hospital": "广州急救中心", "admitted_on": (at - 3 * DAY).date(), "discharge_at": at + 5 * DAY}
    answers = FILLED | {"type": type} | (REFERRED if type == "referred" else stay if type == "emergency" else {})
    drafts.save(filing, answers, by=by, at=at)
    for code in papers:  # the same picture each time: drawn once
        documents.receive(filing.docket, code, filings.photo(), by=by, at=at)
    drafts.sign(filing, "filing_notice", drafts.letter_of(filing, "filing_notice", at).sha256, by=by, at=at, how="read")


def again(filing):
    return Filing.objects.get(pk=filing.pk)


def walk(there, type, entry, at) -> Filing:
    """From the empty draft to force; on the way it is refused for all that is missing, and for a place that the entry does not serve."""
    principal, secondary, _letter = asked(type, there.province, entry)
    filing = open_filing(there.person, by=there.user, at=at, channel=ENTRIES[entry], emergency=type == "emergency")
    drafts.save(filing, {"type": type}, by=there.user, at=at)
    assert refusals(again(filing).submit, by=there.user, at=at) == lacking(type, principal, secondary), (type, entry)
    fill(again(filing), type, (*principal, *secondary), by=there.user, at=at)
    drafts.save(again(filing), {"place_id": f"{there.province[:2]}0100"}, by=there.user, at=at)
    if entry == "B":
        assert refusals(again(filing).submit, by=there.user, at=at) == {"same_province"}
    drafts.save(again(filing), {"place_id": "440100"}, by=there.user, at=at)
    sent = act(again(filing).submit, by=there.user, at=at)
    taken = act(sent.accept, by=there.clerk, at=at + timedelta(hours=1))
    return act(taken.put_in_force, by=PLATFORM, at=at + timedelta(hours=2), number=f"N{filing.pk}")


def half_a_year_after(day: date) -> date:
    month = day.month + 6
    return day.replace(year=day.year + (month > 12), month=(month - 1) % 12 + 1)


def midnight_after(day: date):
    return datetime.combine(day + DAY, time(0), SHANGHAI)


def to_its_end(there, filing, at):
    """A temporary one is ended by the clock, a long one is cancelled when it has stood long enough and not before."""
    first, stands = at.date(), {"on": at.date()}
    if filing.type == "emergency":
        assert (filing.start_on, filing.end_on) == (first - 3 * DAY, first + 5 * DAY)
    else:
        assert (filing.start_on, filing.end_on) == (first, half_a_year_after(first) if ENDS[filing.type] == "ended" else None)
    assert Coverage.objects.in_force(stands["on"]).filter(case_number=filing.number).exists()
    if ENDS[filing.type] == "ended":
        over = midnight_after(filing.end_on)
        tick(over - timedelta(seconds=1))
        assert again(filing).status == "in_force"
        tick(over)
    else:
        over = datetime.combine(half_a_year_after(first), time(9), SHANGHAI)
        assert refusals(again(filing).cancel, by=there.user, at=over - DAY, because="") == {"too_early_to_cancel"}
        act(again(filing).cancel, by=there.user, at=over, because="moved back")
    assert again(filing).status == ENDS[filing.type]
    assert not Coverage.objects.in_force((over + DAY).date()).filter(case_number=filing.number).exists()


@pytest.mark.req("S3.1", "S2.22", "S2.23")
@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("province", PACKS)
def test_every_type_goes_from_the_draft_to_its_end_by_this_entry_in_this_pack(guangzhou, province, entry):
    there, at = settle(province), BEGINS[province]
    referred, emergency = (walk(there, type, entry, at) for type in ("referred", "emergency"))  # an emergency stands beside another
    to_its_end(there, emergency, at)
    to_its_end(there, referred, at)
    for type in set(TABLE) - {"referred", "emergency"}:
        to_its_end(there, walk(there, type, entry, at), at)
    assert {one.type: one.status for one in Filing.objects.all()} == ENDS


@pytest.mark.req("S3.16", "S3.20")
@pytest.mark.parametrize("province", PACKS)
def test_with_a_letter_instead_of_the_proof_each_type_is_taken_or_refused_as_the_pack_says(guangzhou, province):
    there, at = settle(province), BEGINS[province]
    for type in TABLE:
        if type == "emergency":
            continue
        filing = open_filing(there.person, by=there.user, at=at)
        fill(filing, type, ("identity_card",), by=there.user, at=at)
        Filing.objects.filter(pk=filing.pk).update(basis="commitment", resident_since=date(2024, 3, 1), commitment_signed_at=at)
        if asked(type, province, "A")[2]:
            sent = act(again(filing).submit, by=there.user, at=at)
            act(sent.refuse, by=there.clerk, at=at, reasons=["other"], because="so that the next may be filed")
        else:
            papers = {"principal_missing"} if set(asked(type, province, "A")[0]) - {"identity_card"} else set()
            assert refusals(again(filing).submit, by=there.user, at=at) == {"commitment_not_allowed"} | papers, type


def invented(folder):
    """One pack file: one type, by the village only, three months, and the office gives the number."""
    pack = (FOLDER / "jilin.yaml").read_text()
    for old, new in (('region: "220000"', 'region: "990000"'), ("吉林省", "新省"),
                     ("value: [settled_retiree, long_residence, posted_worker, referred, other_temporary]", "value: [referred]"),
                     ("value: [portal, national_app, counter]", "value: [village]"),
                     ("temporary_months:\n    value: 6", "temporary_months:\n    value: 3"),
                     ("number_source:\n    value: platform", "number_source:\n    value: office")):
        assert old in pack, old
        pack = pack.replace(old, new)
    (folder / "invented.yaml").write_text(pack)
    shutil.copy(FOLDER / "sources.yaml", folder)
    return read_packs(folder)


@pytest.mark.req("S3.5", "S3.31")
def test_a_fourth_region_needs_one_more_pack_file_and_is_walked_like_the_others(guangzhou, tmp_path):
    write_packs(invented(tmp_path), JAN_1)
    forget()
    there, at = settle("990000"), BEGINS["430000"]
    closed = open_filing(there.person, by=there.user, at=at)
    fill(closed, "other_temporary", ("identity_card",), by=there.user, at=at)
    assert refusals(again(closed).submit, by=there.user, at=at) == {"channel_closed", "type_missing"}
    filing = open_filing(there.person, by=there.clerk, at=at, channel="village")
    fill(filing, "referred", ("identity_card", "referral_form"), by=there.clerk, at=at)
    sent = act(again(filing).submit, by=there.clerk, at=at)
    taken = act(sent.accept, by=there.second_clerk, at=at)
    made = act(taken.put_in_force, by=there.second_clerk, at=at, number="OFFICE-1")
    assert (made.status, made.start_on, made.end_on) == ("in_force", date(2026, 1, 5), date(2026, 4, 5))
    tick(midnight_after(made.end_on))
    assert again(made).status == "ended"
