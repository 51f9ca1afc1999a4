"""受理: who may accept, what each rule asks, and what is left behind."""
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, make_person, rate
from xinyijian.casework import decisions
from xinyijian.casework.models import Deficiency, Errand, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people.models import Grant, Standing

DAY = timedelta(days=1)


def codes(deed, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(deed, *args, **kwargs)
    return [u.code for u in no.value.unmet]


@pytest.mark.req("S0.12", "S0.15", "S0.4")
def test_a_relatives_credit_lets_a_secondary_document_follow_later(town):
    filing = filings.accepted(town, at=JAN_5)
    assert (filing.status, filing.gaps) == ("accepted", ["residence_proof"])
    owed = Deficiency.objects.get(docket=filing.docket)
    assert (owed.code, owed.state) == ("residence_proof", "owed")
    assert Errand.objects.get(docket=filing.docket).name == "ask_number"
    text = Notice.objects.get(template="remote_care/accept", recipient=town.mother_person).text
    assert filing.number in text and "居住证明" in text


@pytest.mark.req("S3.32")
def test_with_all_documents_nothing_is_owed_and_anybody_may_file(town):
    filing = filings.accepted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL, promise=False)
    assert (filing.status, filing.gaps, Deficiency.objects.count()) == ("accepted", [], 0)


@pytest.mark.req("S0.12")
def test_a_stranger_may_not_hand_in_later_but_is_told_what_to_do(town):
    filing = filings.draft(town, at=JAN_5, person=town.stranger_person, by=town.stranger)
    with pytest.raises(Refused) as no:
        act(filing.submit, by=town.stranger, at=JAN_5)
    (reason,) = no.value.unmet
    assert (reason.code, reason.basis) == ("gap_not_allowed", "S0.12") and reason.remedy


def test_when_the_standing_ends_meanwhile_the_clerk_is_told(town):
    filing = filings.submitted(town, at=JAN_5)
    Standing.objects.update(valid_until=JAN_5.date())
    assert codes(filing.accept, by=town.clerk, at=JAN_5 + DAY) == ["gap_not_allowed"]
    assert act(Filing.objects.get(pk=filing.pk).accept, by=town.clerk, at=JAN_5 + timedelta(hours=14)).status == "accepted"


def test_a_broken_promise_excludes_from_the_next_one_until_it_is_repaired(town):
    rate(town.mother_person, "breach", valid_until=None)
    filing = filings.draft(town, at=JAN_5)
    assert codes(filing.submit, by=town.lan, at=JAN_5) == ["gap_not_allowed"]
    Standing.objects.filter(grade="breach").update(repaired_on=JAN_5.date())
    assert act(Filing.objects.get(pk=filing.pk).submit, by=town.lan, at=JAN_5).status == "submitted"


@pytest.mark.req("S0.80")
def test_an_overdue_document_of_another_case_is_a_broken_promise(town):
    first = filings.in_force(town, at=JAN_5)
    late = first.gap_term(first.params()).at + DAY
    act(first.lapse, by=town.officer, at=late)
    second = filings.draft(town, at=late, place_id="310100", start_on=late.date())
    assert codes(second.submit, by=town.lan, at=late) == ["gap_not_allowed"]
    repaired = filings.with_paper(Filing.objects.get(pk=first.pk), "residence_proof", by=town.lan, at=late)
    act(repaired.verify_gap, by=town.clerk, at=late, code="residence_proof")
    assert act(Filing.objects.get(pk=second.pk).submit, by=town.lan, at=late).status == "submitted"


@pytest.mark.req("S3.19")
def test_a_third_city_is_one_too_many(town):
    for place in ("440100", "310100"):
        filings.submitted(town, at=JAN_5, place_id=place)
    third = filings.draft(town, at=JAN_5, place_id="440300")
    assert codes(third.submit, by=town.lan, at=JAN_5) == ["too_many_cities"]


@pytest.mark.req("S3.15", "S3.20")
def test_a_commitment_letter_stands_for_the_proof_but_never_for_a_second_city(town):
    person = make_person(serial=760)
    letter = {"basis": "commitment", "commitment_signed_at": JAN_5, "promise": False, "by": town.counter, "person": person}
    first = filings.submitted(town, at=JAN_5, **letter)
    assert act(first.accept, by=town.clerk, at=JAN_5).gaps == []
    second = filings.draft(town, at=JAN_5, place_id="310100", **letter)
    assert codes(second.submit, by=town.counter, at=JAN_5) == ["commitment_not_allowed"]


@pytest.mark.req("S3.15")
@pytest.mark.parametrize(("since", "enough"), [(date(2025, 7, 5), True), (date(2025, 7, 6), False)])
def test_the_letter_states_six_full_months(town, since, enough):
    filing = filings.draft(town, at=JAN_5, basis="commitment", commitment_signed_at=JAN_5, resident_since=since)
    if enough:
        assert act(filing.submit, by=town.lan, at=JAN_5).status == "submitted"
    else:
        assert codes(filing.submit, by=town.lan, at=JAN_5) == ["commitment_lacking"]


@pytest.mark.req("S3.17")
def test_the_address_at_the_place_of_care_is_detailed(town):
    filing = filings.draft(town, at=JAN_5, remote_address="广州")
    assert codes(filing.submit, by=town.lan, at=JAN_5) == ["contact_incomplete"]


@pytest.mark.req("S3.12")
@pytest.mark.parametrize(("shift", "sound"), [(-1, False), (0, True), (30, True)])
def test_the_start_is_today_or_soon(town, shift, sound):
    filing = filings.draft(town, at=JAN_5, start_on=(JAN_5 + shift * DAY).date())
    if sound:
        assert act(filing.submit, by=town.lan, at=JAN_5).status == "submitted"
    else:
        assert codes(filing.submit, by=town.lan, at=JAN_5) == ["start_unsound"]


def test_a_start_chosen_on_the_day_of_sending_is_still_sound_when_it_is_decided(town):
    filing = filings.submitted(town, at=JAN_5)
    assert act(filing.accept, by=town.clerk, at=JAN_5 + 3 * DAY).status == "accepted"


@pytest.mark.req("S3.10")
def test_the_notice_must_have_been_read(town):
    filing = filings.draft(town, at=JAN_5, notice_read_at=None)
    assert codes(filing.submit, by=town.lan, at=JAN_5) == ["notice_unread"]


@pytest.mark.req("S3.14", "S0.27")
def test_a_principal_document_never_follows_later_and_a_substitute_counts(town):
    filing = filings.draft(town, at=JAN_5, papers=("residence_proof",))
    assert codes(filing.submit, by=town.lan, at=JAN_5) == ["principal_missing"]
    other = filings.draft(town, at=JAN_5, place_id="310100", papers=("social_security_card", "lease"))
    assert act(other.submit, by=town.lan, at=JAN_5).status == "submitted"


def test_the_decision_keeps_facts_rules_and_policy_and_answers_the_same_again(town):
    filing = filings.accepted(town, at=JAN_5)
    decision = filing.docket.decisions.get()
    assert (decision.outcome, decision.by, decision.params["service"]) == ("accepted", town.clerk, "remote_care")
    assert decision.facts["through"] == "child" and decisions.still_holds(decision)
    answers = {rule.__name__: answer.ok for rule, answer in decisions.asked_again(decision)}
    assert answers["gap_allowed"] and len(answers) == 18


@pytest.mark.req("S3.9")
def test_a_revoked_grant_ends_what_the_daughter_may_do(town):
    filing = filings.draft(town, at=JAN_5)
    Grant.objects.update(revoked_at=JAN_5 + DAY)
    with pytest.raises(Http404):
        act(filing.submit, by=town.lan, at=JAN_5 + DAY)
    assert Filing.objects.get(pk=filing.pk).status == "draft"


def test_only_the_bureau_of_the_county_decides(town):
    filing = filings.submitted(town, at=JAN_5)
    for nobody in (town.counter, town.mother, town.lan):
        with pytest.raises(PermissionDenied):
            act(Filing.objects.get(pk=filing.pk).accept, by=nobody, at=JAN_5)
