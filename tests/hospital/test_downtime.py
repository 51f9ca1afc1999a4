"""Numbered sheets for the time when nothing works: what may be entered, once, with the true time, and what then counts from when."""
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from remote_care.models import Filing
from tests import filings
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket
from xinyijian.casework.numbers import is_valid
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.hospital import downtime
from xinyijian.hospital.models import Sheet

from .desk import ENTER, KIND, printed, staff, stands_on

DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


def entered(town, *, ago=2 * DAY, at=None, sheet=None, person=None, by=None):
    """The filing from a sheet, by the verb."""
    at = at or business_now()
    told = {"cause": "his", "because": "server room without power", "organisation": town.county_hospital}
    sheet = sheet or printed(town)
    return downtime.enter(sheet.number, person or town.mother_person, KIND, occurred_at=at - ago, by=by or town.hospital_a, at=at, **told)


def codes_of(call) -> set:
    with pytest.raises(Refused) as no:
        call()
    return {one.code for one in no.value.unmet}


def test_each_sheet_has_a_number_of_its_own_with_a_check_character(town):
    client = staff(town.hospital_a)
    answer = client.post("/hospital/sheets/", {"count": 3})
    html = client.get(answer.url).content.decode()
    numbers = list(Sheet.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 3 and all(is_valid(number) and html.count(number) == 2 for number in numbers)
    assert "Signature of the patient" in html


def test_what_stands_on_the_sheet_opens_a_filing_marked_late_with_both_times(town):
    sheet, client, before = printed(town), staff(town.hospital_a), business_now()
    then = (before - 2 * DAY).replace(second=0, microsecond=0)
    answer = client.post(ENTER, stands_on(sheet, town.mother_person, then))
    assert answer.status_code == 302, answer.content.decode()
    filing = Filing.objects.select_related("docket").get()
    assert (filing.occurred_at, filing.docket.occurred_at) == (then, then)
    assert before <= filing.opened_at <= business_now() and filing.docket.opened_at == filing.opened_at
    start = Event.objects.get(verb="start", object_id=filing.pk)
    assert start.at == filing.opened_at
    assert start.data["sheet"] == sheet.number and datetime.fromisoformat(start.data["occurred_at"]) == then
    for page in (f"/cases/{filing.number}/", "/hospital/filings/", "/hospital/sheets/"):
        html = client.get(page).content.decode()
        assert "late" in html and f"{day_of(then).day} " in html, page
    assert "Entered late, from a sheet of paper" in staff(town.mother).get(f"/cases/{filing.number}/").content.decode()


def test_the_same_entry_twice_is_one_filing(town):
    sheet, client, then = printed(town), staff(town.hospital_a), business_now() - DAY
    first, second = (client.post(ENTER, stands_on(sheet, town.mother_person, then)) for _press in range(2))
    assert first.url == second.url and Filing.objects.count() == 1
    assert Event.objects.filter(verb="enter").count() == 1


def test_a_sheet_serves_once(town):
    sheet = printed(town)
    entered(town, sheet=sheet)
    assert codes_of(lambda: entered(town, sheet=sheet, person=town.lan_person)) == {"sheet_used"}
    assert codes_of(lambda: entered(town, sheet=sheet, ago=3 * DAY)) == {"sheet_used"}
    answer = staff(town.hospital_a).post(ENTER, stands_on(sheet, town.lan_person, business_now() - DAY))
    assert answer.status_code == 409 and Filing.objects.get().number in answer.content.decode()


@pytest.mark.parametrize(("ago", "codes"), [(-SECOND, {"not_yet"}), (0 * SECOND, {"not_yet"}), (SECOND, set())])
def test_the_true_time_is_over(town, ago, codes):
    at = business_now()
    if codes:
        assert codes_of(lambda: entered(town, at=at, ago=ago)) == codes
    else:
        assert entered(town, at=at, ago=ago).occurred_at == at - ago


@pytest.mark.parametrize(("ago", "codes"), [(7 * DAY - SECOND, set()), (7 * DAY, set()), (7 * DAY + SECOND, {"too_late"})])
def test_it_is_entered_within_the_policys_days(town, ago, codes):
    at, sheet = business_now(), printed(town, ago=30 * DAY)
    if codes:
        assert codes_of(lambda: entered(town, at=at, ago=ago, sheet=sheet)) == codes
    else:
        assert entered(town, at=at, ago=ago, sheet=sheet).status == "draft"


@pytest.mark.parametrize(("after", "codes"), [(-SECOND, {"before_print"}), (0 * SECOND, set())])
def test_nobody_wrote_on_a_sheet_before_it_was_printed(town, after, codes):
    at, sheet = business_now(), printed(town, ago=DAY)
    ago = at - sheet.printed_at - after
    if codes:
        assert codes_of(lambda: entered(town, at=at, ago=ago, sheet=sheet)) == codes
    else:
        assert entered(town, at=at, ago=ago, sheet=sheet).occurred_at == sheet.printed_at


def test_all_reasons_are_told_at_once(town):
    sheet = printed(town, ago=DAY)
    assert codes_of(lambda: entered(town, sheet=sheet, ago=9 * DAY)) == {"too_late", "before_print"}
    assert not Docket.objects.exists() and Sheet.objects.get().docket is None


def test_a_sheet_of_another_hospital_looks_like_one_of_nobody(town):
    theirs = printed(town, hospital=town.other_hospital, by=town.hospital_b)
    client, then = staff(town.hospital_a), business_now() - DAY
    pages = []
    for number in (theirs.number, downtime.new_number("DT", "439901", then)):
        answer = client.post(ENTER, stands_on(theirs, town.mother_person, then, sheet=number))
        assert answer.status_code == 409 and "on no sheet of this hospital" in answer.content.decode()
        pages.append(len(answer.content) - len(number))
    assert pages[0] == pages[1] and not Filing.objects.exists()
    assert client.get(f"/hospital/sheets/{theirs.batch}/").status_code == 404


def test_a_mistyped_number_a_wrong_name_and_a_missing_signature_keep_what_was_typed(town):
    sheet, client, then = printed(town), staff(town.hospital_a), business_now() - DAY
    slip = sheet.number[:-1] + ("0" if sheet.number[-1] != "0" else "1")
    wrongs = {"mistyped": {"sheet": slip}, "Nobody with this certificate": {"name": "王桂芳"}, "Without a signature": {"signed": ""}}
    for told, wrong in wrongs.items():
        answer = client.post(ENTER, stands_on(sheet, town.mother_person, then, **wrong))
        html = answer.content.decode()
        assert answer.status_code == 422 and told in html and "nothing answered since 8" in html
    assert not Filing.objects.exists()


@pytest.mark.parametrize("who", ["physician", "head", "drug_doctor", "hospital_admin", "escort", "expert"])
def test_only_the_insurance_office_prints_and_enters(town, who):
    client = staff(getattr(town, who))
    assert client.get("/hospital/sheets/").status_code == client.post("/hospital/sheets/", {"count": 1}).status_code == 403
    assert client.get(ENTER).status_code == 403


def test_what_protects_her_counts_from_the_true_day_and_the_bureaus_own_time_from_the_entry(town):
    at = business_now()
    filing = entered(town, at=at, ago=3 * DAY)
    true_day = day_of(at - 3 * DAY)
    assert filing.start_on == true_day and filing.asked_at == at - 3 * DAY
    Filing.objects.filter(pk=filing.pk).update(**filings.ANSWERS, notice_read_at=at, notice_version="1", promise_signed_at=at)
    for kind in filings.FULL:
        filings.documents.receive(filing.docket, kind, filings.photo(), by=town.hospital_a, at=at)
    filing = act(Filing.objects.get(pk=filing.pk).submit, by=town.hospital_a, at=at)
    due = next(due for due in filing.deadlines(None, filing.params()) if due.name == "decide")
    assert due.at > at + DAY  # from the sending, not from the sheet
    filing = act(filing.accept, by=town.clerk, at=at + DAY)
    assert filing.start_on == true_day


def test_an_ordinary_filing_still_counts_from_its_acceptance(town):
    at = business_now()
    filing = filings.accepted(town, at=at - 3 * DAY)
    assert filing.occurred_at is None and filing.start_on == day_of(at - 3 * DAY + MINUTE)


def test_the_database_refuses_a_true_time_after_the_entry(town):
    filing = entered(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Docket.objects.filter(pk=filing.docket_id).update(occurred_at=filing.opened_at + SECOND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.update(occurred_at=business_now() - 9 * DAY)


def test_what_was_typed_stays_sealed_in_the_sheet_and_out_of_the_trail(town):
    entered(town)
    assert Sheet.objects.get().because == "server room without power"
    assert not any("server room" in str(data) for data in Event.objects.values_list("data", flat=True))
