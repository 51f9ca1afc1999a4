"""The platform's answer and a clerk who was faster; a slow runner and the one that took over; an errand with a bug."""
from datetime import timedelta

from remote_care import services
from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5
from xinyijian.casework import errands
from xinyijian.casework.models import Errand
from xinyijian.casework.workflow import act
from xinyijian.gateways import Rejected

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def asked_and_not_heard(town, simulators):
    filing = filings.accepted(town, at=JAN_5)
    simulators.faults(platform="lost")
    errands.run_due(JAN_5 + DAY)
    simulators.faults()
    return filing


def test_what_was_registered_unheard_is_cancelled_when_the_acceptance_was_taken_back(town, simulators):
    filing = asked_and_not_heard(town, simulators)
    act(fresh(filing).take_back, by=town.clerk, at=JAN_5 + DAY, reasons=[], because="x")
    assert errands.run_due(JAN_5 + 2 * DAY) == 1
    assert simulators.rows("SELECT cancelled FROM filing") == [(1,)] and fresh(filing).status == "refused"


def test_a_number_by_hand_beside_the_platforms_own_is_shown_to_people_and_cancels_nothing(town, simulators):
    filing = asked_and_not_heard(town, simulators)
    act(fresh(filing).put_in_force, by=town.clerk, at=JAN_5 + DAY, number="HAND-1")
    assert errands.run_due(JAN_5 + 2 * DAY) == 0
    errand = Errand.objects.get(docket=filing.docket)
    assert (errand.done_at, errand.next_try_at) == (None, None) and "DEMO" in errand.answer
    assert simulators.rows("SELECT cancelled FROM filing") == [(0,)] and fresh(filing).platform_number == "HAND-1"


def test_what_is_done_stays_done_when_two_runners_end_in_the_wrong_order(town, monkeypatch):
    filing = filings.accepted(town, at=JAN_5)

    def slow(case, errand, *, at):
        monkeypatch.setattr(services, "ask_number", lambda case, errand, *, at: "N1")
        assert errands.run_due(at + errands.LEASE) == 1  # its lease is over, and another runner took it
        raise Rejected("overtaken", "x")

    monkeypatch.setattr(services, "ask_number", slow)
    errands.run_due(JAN_5 + DAY)
    errand = Errand.objects.get(docket=filing.docket)
    assert (errand.answer, errand.next_try_at) == ("N1", None) and errand.done_at


def test_an_errand_with_a_bug_is_tried_again_later_and_the_others_go_on(town, monkeypatch):
    first, other = filings.accepted(town, at=JAN_5), filings.accepted(town, at=JAN_5, person=town.lan_person)

    def deed(case, errand, *, at):
        return 1 / 0 if case.pk == first.pk else "N1"

    monkeypatch.setattr(services, "ask_number", deed)
    assert errands.run_due(JAN_5 + DAY) == 1
    assert Errand.objects.get(docket=other.docket).done_at
    failed = Errand.objects.get(docket=first.docket)
    assert (failed.answer, failed.next_try_at) == ("ZeroDivisionError", JAN_5 + DAY + errands.PAUSES[0])


def test_while_nobody_answers_the_sweep_stops_after_three(town, monkeypatch):
    monkeypatch.setattr(errands, "_run", lambda errand, at: None)
    for person in (town.lan_person, town.mother_person, town.father_person, town.husband_person):
        filings.accepted(town, at=JAN_5, person=person, by=town.counter, papers=filings.FULL)
    errands.run_due(JAN_5 + DAY)
    assert Errand.objects.filter(attempts=1).count() == errands.UNANSWERED_IN_A_ROW
