"""The credit grade: asked with consent, kept as it was said, never scored; a failure is told and changes nothing."""
from datetime import date, timedelta

import pytest

from family import credit
from tests.remote_care.walking import browser
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.people import consents
from xinyijian.people.models import Consent, Standing
from xinyijian.people.standing import SUBSYSTEM, benefits_through

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("law")


@pytest.fixture
def wang(town, simulators):
    """Known to the subsystem, excellent there; nothing is kept here."""
    person = town.husband_person
    simulators.insure(person)
    simulators.grade(person.psn_no, "excellent")
    return person


def agree(person, by):
    return consents.give(person.pk, Consent.Kind.CREDIT, by=by, at=JAN_5)


def read(town, person, at=JAN_5):
    return credit.read_again(person, by=town.husband, at=at)


@pytest.mark.req("S0.10")
def test_without_consent_nothing_is_asked(town, wang):
    assert read(town, wang).outcome == credit.NO_CONSENT
    assert not Event.objects.filter(verb="read_from_subsystem").exists() and not Standing.objects.filter(person=wang).exists()


@pytest.mark.req("S0.2", "S0.10")
def test_a_grade_is_kept_with_source_reference_and_dates_and_reading_is_on_record(town, wang):
    agree(wang, town.husband)
    assert read(town, wang).outcome == credit.READ
    kept = Standing.objects.get(person=wang)
    assert (kept.grade, kept.source, kept.read_at) == ("excellent", SUBSYSTEM, JAN_5)
    assert kept.reference and kept.valid_until > kept.valid_from
    assert Event.objects.get(verb="read_from_subsystem").data["reference"] == kept.reference
    assert benefits_through([wang.pk], JAN_5.date())[wang.pk].source == SUBSYSTEM


def test_the_same_answer_again_is_one_row_read_later(town, wang):
    agree(wang, town.husband)
    read(town, wang)
    read(town, wang, JAN_5 + HOUR)
    assert Standing.objects.get(person=wang).read_at == JAN_5 + HOUR


@pytest.mark.req("S0.2")
def test_what_the_subsystem_no_longer_says_no_longer_counts(town, wang, simulators):
    agree(wang, town.husband)
    read(town, wang)
    simulators.grade(wang.psn_no, "poor")
    read(town, wang, JAN_5 + HOUR)
    assert [s.grade for s in Standing.objects.in_force(JAN_5.date()).filter(person=wang)] == ["poor"]
    simulators.grade(wang.psn_no, "")
    assert read(town, wang, JAN_5 + DAY + 2 * HOUR).outcome == credit.NOT_RATED
    assert not Standing.objects.in_force((JAN_5 + DAY).date()).filter(person=wang).exists()


FAULTS = [("500", credit.AWAY), ("lost", credit.AWAY), ("slow", credit.AWAY), ("refuse", credit.REJECTED)]


@pytest.mark.parametrize(("fault", "outcome"), FAULTS)
def test_a_failure_changes_nothing_and_is_told(town, wang, simulators, fault, outcome):
    agree(wang, town.husband)
    simulators.faults(credit=fault)
    reading = read(town, wang)
    assert reading.outcome == outcome and reading.words and not Standing.objects.filter(person=wang).exists()
    assert Event.objects.get(verb="read_from_subsystem").data["outcome"] == outcome


def test_it_is_read_no_oftener_than_the_region_allows(town, wang):
    agree(wang, town.husband)
    outcomes = [read(town, wang, JAN_5 + n * HOUR).outcome for n in range(4)]
    assert outcomes == [credit.READ] * 3 + [credit.TOO_OFTEN]
    assert read(town, wang, JAN_5 + 25 * HOUR).outcome == credit.READ


def test_the_sweep_reads_again_what_runs_out_soon_and_only_with_consent(town, wang, simulators):
    other = make_person("无约", serial=980)
    for person in (wang, other):
        Standing.objects.create(person=person, grade="good", source=SUBSYSTEM, valid_from=date(2025, 1, 1), valid_until=date(2026, 1, 20),
                                read_at=JAN_5 - 30 * DAY, reference="old")
    agree(wang, town.husband)
    assert credit.read_before_they_run_out(JAN_5) == 1 == credit.read_before_they_run_out(JAN_5) + 1
    assert set(Standing.objects.in_force(JAN_5.date()).filter(person__in=[wang, other]).values_list("person", "grade")) == {
        (wang.pk, "excellent"), (other.pk, "good")}


@pytest.mark.req("S0.2", "S0.4")
def test_the_page_asks_for_consent_once_says_the_source_and_takes_it_back(town, wang):
    client = browser(town.husband, "en")
    assert client.post("/family/entitlement/").status_code == 422
    assert client.post("/family/entitlement/", {"agree": "on"}).status_code == 302
    page = client.get("/family/entitlement/").content.decode()
    assert SUBSYSTEM in page and "Excellent" in page and "Ask a person to review" in page
    assert client.post("/family/entitlement/", {"withdraw": "1"}).status_code == 302
    assert consents.standing_consent(wang.pk, "credit") is None
    assert browser(town.stranger, "en").get("/family/entitlement/").content.decode().count("Not verified") == 1
