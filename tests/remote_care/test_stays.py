"""Filings for a stay that has begun, emergencies, and how long each type counts."""
from datetime import date, timedelta

import pytest

from remote_care import drafts, validity
from remote_care.models import Filing
from remote_care.services import open_filing
from tests import filings
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.care.models import Coverage
from xinyijian.casework import errands
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people.models import Organisation
from xinyijian.policies import forget
from xinyijian.policies.models import Value

DAY = timedelta(days=1)
ADMITTED = (JAN_5 - 4 * DAY).date()
PAPERS = ("identity_card", "referral_form")
REFERRED = {"type": "referred", "referral_hospital": "县医院", "referral_level": 2, "papers": PAPERS, "promise": False}


def stranger(town, serial=750):
    return {"person": make_person(serial=serial), "by": town.counter}


@pytest.mark.req("S3.1", "S3.7", "S2.22")
@pytest.mark.parametrize(("more", "last"), [({"type": "other_temporary"}, date(2026, 7, 5)), (REFERRED, date(2026, 7, 5)), ({}, None)])
def test_a_temporary_filing_counts_six_months_and_a_long_one_has_no_end(town, more, last):
    papers = {"papers": filings.FULL} | more
    filing = filings.in_force(town, at=JAN_5, **stranger(town), **papers)
    assert (filing.start_on, filing.end_on) == (JAN_5.date(), last)
    assert Coverage.objects.get(case_number=filing.number).ends_on == last


@pytest.mark.req("S0.14", "S0.18", "S3.34")
def test_filed_before_the_bill_is_settled_it_counts_from_the_admission_and_is_a_task_of_the_hospital(town):
    leaves = JAN_5 + 3 * DAY
    stay = {"occasion": "admitted", "care_organisation": town.county_hospital, "admitted_on": ADMITTED, "discharge_at": leaves}
    filing = filings.in_force(town, at=JAN_5, **stranger(town), **REFERRED, **stay)
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (filing.start_on, docket.organisation) == (ADMITTED, town.county_hospital)
    assert (docket.queue_role, docket.due_name, docket.due_at) == ("insurance_office", "settle", leaves)
    assert Docket.objects.visible_to(town.hospital_a, JAN_5).filter(pk=docket.pk).exists()
    used = act(Filing.objects.get(pk=filing.pk).note_use, by=town.hospital_a, at=leaves)
    assert used.used_at == leaves and not Docket.objects.get(pk=docket.pk).due_name


def test_a_hospital_of_a_city_that_was_changed_afterwards_is_told_nothing(town):
    there = Organisation.objects.create(code="H44010000009", kind="hospital", region=town.region_440100, name="广州某医院")
    filing = filings.draft(town, at=JAN_5, occasion="admitted", admitted_on=ADMITTED)
    drafts.save(filing, {"care_organisation_id": there.pk}, by=town.lan, at=JAN_5)
    assert Filing.objects.get().care_organisation == there
    drafts.save(filing, {"place_id": "310100"}, by=town.lan, at=JAN_5)
    assert Filing.objects.get().care_organisation is None


@pytest.mark.req("S0.14")
def test_what_was_paid_in_full_is_not_settled_again_and_the_way_to_reimbursement_is_told(town):
    stay = {"occasion": "paid", "care_hospital": "广州某医院", "admitted_on": ADMITTED, "discharge_at": JAN_5 - DAY}
    filing = filings.in_force(town, at=JAN_5, **stranger(town), **REFERRED, **stay)
    assert filing.start_on == JAN_5.date(), "it does not count backwards"
    assert Docket.objects.get(pk=filing.docket_id).organisation is None
    text = Notice.objects.filter(docket=filing.docket, template="remote_care/put_in_force").first().text
    assert "报销" in text or "reimburse" in text


@pytest.mark.req("S0.13", "S3.6")
def test_an_emergency_is_recorded_afterwards_without_papers_beside_any_other_filing(town):
    filings.in_force(town, at=JAN_5 - 4 * DAY, **stranger(town), papers=filings.FULL)
    person = Filing.objects.get().person
    stay = {"occasion": "paid", "care_hospital": "广州急救", "admitted_on": ADMITTED, "discharge_at": JAN_5 - DAY, "notice_read_at": None}
    filing = filings.in_force(town, at=JAN_5, person=person, by=town.counter, type="emergency", papers=(), promise=False, **stay)
    assert (filing.start_on, filing.end_on) == (ADMITTED, day_of(JAN_5 - DAY))


def test_an_emergency_begins_without_a_type_to_choose(town):
    filing = open_filing(town.lan_person, by=town.lan, at=JAN_5, emergency=True)
    assert (filing.type, filing.occasion, filing.channel) == ("emergency", "planned", "portal"), "whether it was paid is asked, not guessed"


def test_mending_a_returned_filing_later_does_not_move_its_first_day():
    filing = Filing(type="other_temporary", occasion="paid", first_sent_at=JAN_5)
    assert validity.first_day_of_a_stay(filing, JAN_5 + 40 * DAY) == JAN_5.date()
    assert validity.first_day_of_a_stay(Filing(occasion="paid"), JAN_5 + 40 * DAY) == (JAN_5 + 40 * DAY).date()


@pytest.mark.req("S3.2")
def test_the_city_changes_by_a_new_filing_that_takes_the_place_of_the_old_one(town):
    old = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    with pytest.raises(Refused) as no:
        act(old.change, by=town.lan, at=JAN_5 + 30 * DAY)
    assert [u.code for u in no.value.unmet] == ["too_early_to_change"]
    enough = JAN_5 + 200 * DAY
    act(Filing.objects.get(pk=old.pk).change, by=town.lan, at=enough)
    new = Filing.objects.get(replaces=old)
    assert (new.status, new.contact_name, new.place, new.agent) == ("draft", old.contact_name, None, old.agent)
    with pytest.raises(Refused) as no:
        act(Filing.objects.get(pk=old.pk).change, by=town.lan, at=enough)
    assert [u.code for u in no.value.unmet] == ["change_begun"]
    answers = filings.ANSWERS | {"place_id": "310100", "notice_read_at": enough}
    Filing.objects.filter(pk=new.pk).update(**answers)
    for kind in filings.FULL:
        filings.documents.receive(new.docket, kind, filings.photo(), by=town.lan, at=enough)
    act(Filing.objects.get(pk=new.pk).submit, by=town.lan, at=enough)
    act(Filing.objects.get(pk=new.pk).accept, by=town.clerk, at=enough)
    act(Filing.objects.get(pk=new.pk).put_in_force, by=PLATFORM, at=enough, number="NEW1")
    assert Filing.objects.get(pk=old.pk).status == "ended" and Event.objects.filter(object_id=old.pk, verb="give_way").exists()
    assert list(Coverage.objects.in_force(day_of(enough) + DAY).values_list("place", flat=True)) == ["310100"]


@pytest.mark.req("S2.25")
def test_what_was_used_in_a_settlement_is_ended_and_not_cancelled(town):
    filing = filings.in_force(town, at=JAN_5, papers=("identity_card",), type="other_temporary", **stranger(town))
    assert filing.offers("cancel", JAN_5) and not filing.offers("finish", JAN_5), "a temporary one need not wait"
    used = act(filing.note_use, by=PLATFORM, at=JAN_5, bill="S1")
    with pytest.raises(Refused) as no:
        act(used.note_use, by=PLATFORM, at=JAN_5 + DAY, bill="S1")
    assert [u.code for u in no.value.unmet] == ["bill_noted"] and Event.objects.filter(object_id=filing.pk, verb="note_use").count() == 1
    act(Filing.objects.get(pk=filing.pk).note_use, by=PLATFORM, at=JAN_5 + DAY, bill="S2")
    filing = Filing.objects.get(pk=filing.pk)
    assert (filing.used_at, filing.bills) == (JAN_5, ["S1", "S2"])
    assert filing.offers("finish", JAN_5) and not filing.offers("cancel", JAN_5)
    with pytest.raises(Refused) as no:
        act(filing.cancel, by=town.counter, at=JAN_5, because="")
    assert [u.code for u in no.value.unmet] == ["used_already"]
    assert act(Filing.objects.get(pk=filing.pk).finish, by=town.counter, at=JAN_5, because="").status == "ended"


def test_where_the_office_gives_the_number_the_platform_is_not_asked(town):
    Value.objects.filter(name="number_source").update(content="office")
    forget()
    filing = filings.accepted(town, at=JAN_5, papers=filings.FULL)
    assert errands.run_due(JAN_5 + DAY) == 1 and Filing.objects.get(pk=filing.pk).status == "accepted"
    assert Docket.objects.get(pk=filing.docket_id).due_name == "enter_number"
