"""What a person still owes: all of it on one page, hers and that of those for whom she acts."""
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, SHANGHAI, make_person
from xinyijian.casework import breaches, clock, owed
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Breach, Deficiency
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.policies import forget
from xinyijian.policies.models import Value

DAY = timedelta(days=1)
PROOF = "residence_proof"


def overdue(town, effect="officer"):
    Value.objects.filter(name="gap_overdue_effect").update(content=effect)
    forget()
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(filing.gap_told)
    return filing, filing.gap_told


@pytest.mark.req("S0.80")
def test_she_sees_what_is_owed_by_when_why_and_the_way_to_hand_it_in(town):
    filing = filings.in_force(town, at=JAN_5)
    for user, whose in ((town.mother, ""), (town.lan, town.mother_person.masked_name)):
        one, = owed.of(user, JAN_5 + DAY)["owed"]
        assert (one["number"], one["term"].at, one["whose"]) == (filing.number, filing.gap_told, whose)
        assert one["term"].words() and one["substitutes"] and one["url"].endswith(f"give_missing/?code={PROOF}")
    assert owed.of(town.father, JAN_5 + DAY)["owed"] == []
    page = browser(town.lan, "en").get("/owed/").content.decode()
    assert "Hand it in" in page and filing.number in page and "working days" in page


def test_what_was_returned_is_owed_too_and_what_was_handed_in_waits(town):
    filing = filings.in_force(town, at=JAN_5)
    filings.with_paper(filing, PROOF, by=town.lan, at=JAN_5 + DAY)
    back = act(filings.submitted(town, at=JAN_5, person=town.lan_person, papers=filings.FULL).return_to_applicant, by=town.clerk, at=JAN_5,
               redo=[PROOF], because="faint")
    found = owed.of(town.lan, JAN_5 + DAY)
    assert [one["number"] for one in found["owed"]] == [back.number] and [one["number"] for one in found["waiting"]] == [filing.number]


def test_the_number_of_queries_does_not_grow_with_what_is_owed(town):
    filings.in_force(town, at=JAN_5)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            found = owed.of(town.lan, JAN_5 + DAY)
        return len(seen), len(found["owed"])

    one = queries()
    act(filings.submitted(town, at=JAN_5, person=town.lan_person, place_id="310100").return_to_applicant, by=town.clerk, at=JAN_5,
        redo=[PROOF], because="faint")
    filings.in_force(town, at=JAN_5, place_id="310100")
    more = queries()
    assert (one[1], more[1], more[0]) == (1, 3, one[0])


@pytest.mark.req("S0.80")
def test_a_broken_promise_stands_is_shown_and_runs_out(town):
    filing, at = overdue(town, "end")
    breach = Breach.objects.get()
    assert (breach.docket_id, breach.kind, breach.recorded_by) == (filing.docket_id, "promise", None)
    assert breaches.standing_against([filing.person_id], breach.expires_on) == {filing.person_id}
    assert breaches.standing_against([filing.person_id], breach.expires_on + DAY) == set()
    found = owed.of(town.mother, at + DAY)
    assert found["breaches"][0]["number"] == filing.number and found["owed"][0]["state"] == "overdue"  # closed, and still to be made good
    draft = filings.draft(town, at=at + DAY, place_id="310100")
    with pytest.raises(Refused) as no:
        act(draft.submit, by=town.lan, at=at + DAY)
    assert "gap_not_allowed" in [unmet.code for unmet in no.value.unmet]


def test_the_promise_is_mended_when_the_paper_is_verified_or_more_time_is_given(town):
    filing, at = overdue(town)
    given = filings.with_paper(filing, PROOF, by=town.lan, at=at + DAY)
    assert Breach.objects.get().repaired_at is None and breaches.standing_against([filing.person_id], day_of(at + DAY)) == set()
    act(given.verify_gap, by=town.clerk, at=at + 2 * DAY, code=PROOF)
    assert (Breach.objects.get().repaired_at, Breach.objects.get().repaired_because) == (at + 2 * DAY, breaches.CAME)
    other = filings.in_force(town, at=at + 2 * DAY, place_id="310100")
    clock.tick(other.gap_told)
    other.refresh_from_db()
    act(other.extend_gap, by=town.officer, at=other.gap_told, because="ill")
    assert not Breach.objects.filter(repaired_at=None).exists()


def test_an_officer_records_a_false_paper_and_only_a_colleague_lifts_it(town):
    filing = filings.in_force(town, at=JAN_5, person=make_person(serial=700), by=town.counter, papers=filings.FULL)
    desk = browser(town.officer)
    assert desk.post("/desk/breaches/", {"number": filing.number, "because": "印章系伪造"}).status_code == 302
    breach = Breach.objects.get()
    told = filing.docket.notices.latest("pk")
    assert breaches.standing_against([filing.person_id], day_of(breach.since)) == {filing.person_id}
    assert (told.template, "印章系伪造" in told.text) == ("casework/record_breach", True)
    assert desk.post("/desk/breaches/", {"number": filing.number, "because": "再记一次"}).status_code == 409
    assert desk.post("/desk/breaches/", {"breach": breach.pk, "because": "核实无误"}).status_code == 409
    assert browser(town.clerk).get("/desk/breaches/").status_code == 404
    assert browser(town.second_officer).post("/desk/breaches/", {"breach": breach.pk, "because": "核实无误"}).status_code == 302
    assert breaches.standing_against([filing.person_id], day_of(breach.since)) == set()


def test_what_has_run_out_does_not_stand_in_the_way_of_the_next_of_its_kind(town):
    filing = filings.in_force(town, at=JAN_5, person=make_person(serial=700), by=town.counter, papers=filings.FULL)
    first = breaches.record(filing.docket, because="the seal is not genuine", by=town.officer, at=JAN_5)
    on_its_last_day, later = (datetime.combine(first.expires_on + days, time(9), SHANGHAI) for days in (0 * DAY, DAY))
    with pytest.raises(Refused):
        breaches.record(filing.docket, because="again", by=town.officer, at=on_its_last_day)
    breaches.record(filing.docket, because="again", by=town.officer, at=later)
    assert breaches.standing_against([filing.person_id], day_of(later)) == {filing.person_id}
    promised, at = overdue(town)
    ran_out = datetime.combine(Breach.objects.get(docket=promised.docket).expires_on + DAY, time(9), SHANGHAI)
    Deficiency.objects.filter(docket=promised.docket).update(state="owed")
    for _twice in range(2):
        breaches.note_overdue([promised], ran_out)
    assert Breach.objects.filter(docket=promised.docket).count() == 2
