"""Two at once: two consents, two clerks, two ends; real threads, real locks."""
import pytest

from family import credit
from family.models import Link
from family.services import send
from tests.casework.test_races import race
from tests.family import links
from tests.town import JAN_5, make_person
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people import consents
from xinyijian.people.models import Consent, FamilyLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.pg15, pytest.mark.usefixtures("law")]


def fresh(link):
    return Link.objects.get(pk=link.pk)


def test_two_who_agree_at_once_have_both_agreed(town):
    for n in range(4):
        one = make_person(serial=700 + n)
        link = send(links.draft(town, at=JAN_5, by=town.counter, person=one), by=town.counter, at=JAN_5)
        results = race(
            lambda link=link: act(fresh(link).agree, by=town.counter, at=JAN_5, agreed=[("person", "kinship")], how="paper"),
            lambda link=link: act(fresh(link).agree, by=town.neighbour, at=JAN_5, agreed=[("relative", "kinship")]))
        assert all(isinstance(result, Link) for result in results), results
        assert fresh(link).both_agreed_at and Consent.objects.filter(reference=link.number).count() == 2
        assert fresh(link).docket.queue_role == "clerk"


def test_of_two_requests_that_cross_one_becomes_a_link(town):
    for n in range(4):
        people = [make_person(serial=720 + 2 * n + m) for m in range(2)]
        made = []
        for one, other in (people, reversed(people)):
            link = send(links.draft(town, at=JAN_5, by=town.counter, person=one, other=other), by=town.counter, at=JAN_5)
            made.append(act(link.agree, by=town.counter, at=JAN_5, agreed=[("person", "kinship"), ("relative", "kinship")], how="paper"))
        results = race(lambda one=made[0]: act(fresh(one).accept, by=town.clerk, at=JAN_5),
                       lambda one=made[1]: act(fresh(one).accept, by=town.second_clerk, at=JAN_5))
        lost = [result for result in results if isinstance(result, Refused)]
        assert len(lost) == 1 and [unmet.code for unmet in lost[0].unmet] == ["linked_already"], results
        assert FamilyLink.objects.filter(person__in=people).count() == 1


def test_two_readings_of_a_grade_at_once_are_two_of_those_that_a_day_allows(town, simulators):
    person = town.husband_person
    simulators.insure(person)
    simulators.grade(person.psn_no, "excellent")
    consents.give(person.pk, Consent.Kind.CREDIT, by=town.husband, at=JAN_5)
    for _n in range(2):
        assert credit.read_again(person, by=town.husband, at=JAN_5).outcome == credit.READ
    results = race(*[lambda: credit.read_again(person, by=town.husband, at=JAN_5)] * 2)
    assert sorted(result.outcome for result in results) == [credit.READ, credit.TOO_OFTEN]
