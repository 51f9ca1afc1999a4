"""Whom excellent credit reaches (S0.2 to S0.4), and until when."""
from datetime import date, timedelta

import pytest

from tests.town import JAN_5, YEAR_END, link, make_person, rate
from xinyijian.people.models import FamilyLink, Standing
from xinyijian.people.standing import benefits_through, unrepaired_breaches

ON = date(2026, 6, 1)
DAY = timedelta(days=1)


def benefit(person, on=ON):
    return benefits_through([person.pk], on)[person.pk]


@pytest.mark.req("S0.2", "S0.4")
def test_an_excellent_person_benefits_herself(town):
    found = benefit(town.lan_person)
    assert (found.through_person_id, found.relation, found.until) == (town.lan_person.pk, "", YEAR_END)
    assert (found.masked_name, found.source) == ("李**", "test credit subsystem")


@pytest.mark.req("S0.3", "S0.4")
@pytest.mark.parametrize("who, relation", [("mother", "child"), ("father", "child"), ("husband", "spouse"), ("child", "parent")])
def test_spouse_parents_and_children_benefit_through_her(town, who, relation):
    found = benefit(getattr(town, f"{who}_person"))
    assert (found.through_person_id, found.relation, found.masked_name) == (town.lan_person.pk, relation, "李**")


def test_a_stranger_does_not(town):
    assert benefit(town.stranger_person) is None


def test_kin_of_kin_do_not(town):
    mother_in_law = make_person("陈母", "2", serial=902)
    link(town.husband_person, mother_in_law, "parent")
    assert benefit(mother_in_law) is None


def test_a_link_counts_whichever_end_it_was_written_from(town):
    FamilyLink.objects.filter(relative=town.mother_person, person=town.lan_person).delete()
    link(town.mother_person, town.lan_person, "child")
    assert benefit(town.mother_person).relation == "child"


@pytest.mark.parametrize("on, reached", [
    (date(2025, 12, 31), False), (date(2026, 1, 1), True), (YEAR_END, True), (YEAR_END + timedelta(days=1), False),
])
def test_a_rating_is_valid_from_its_first_to_the_end_of_its_last_day(town, on, reached):
    assert (benefit(town.lan_person, on) is not None) is reached
    assert (benefit(town.mother_person, on) is not None) is reached


def test_a_link_reaches_to_the_end_of_its_last_day_and_shortens_the_benefit(town):
    FamilyLink.objects.filter(relative=town.mother_person, person=town.lan_person).update(until=ON)
    assert benefit(town.mother_person, ON).until == ON
    assert benefit(town.mother_person, ON + DAY) is None


def test_an_unverified_link_reaches_nobody(town):
    FamilyLink.objects.update(verified_at=None)
    assert benefit(town.mother_person) is None


@pytest.mark.parametrize("grade", ["good", "fair", "poor"])
def test_a_newer_lower_rating_ends_the_benefit(town, grade):
    rate(town.lan_person, grade, valid_from=ON)
    assert benefit(town.mother_person, ON - DAY) is not None and benefit(town.mother_person, ON) is None


def test_a_rating_read_later_for_the_same_day_wins(town):
    rate(town.lan_person, "good", read_at=JAN_5)
    assert benefit(town.lan_person) is None


def test_an_old_rating_without_an_end_yields_to_the_newer_one(town):
    rate(town.stranger_person, "good", valid_from=date(2020, 1, 1), valid_until=None)
    assert benefit(town.stranger_person) is None
    rate(town.stranger_person, "excellent", valid_from=ON, valid_until=None)
    assert benefit(town.stranger_person).until is None


def test_a_breach_is_no_rating_and_is_told_apart(town):
    rate(town.lan_person, "breach", valid_from=ON, valid_until=None)
    assert benefit(town.lan_person) is not None
    assert unrepaired_breaches([town.lan_person.pk, town.mother_person.pk], ON) == {town.lan_person.pk}


def test_no_rating_is_no_breach(town):
    assert unrepaired_breaches([town.stranger_person.pk], ON) == set()


@pytest.mark.parametrize("days, stands", [(-1, False), (0, True), (9, True), (10, False), (11, False)])
def test_a_breach_stands_until_the_day_of_its_repair(town, days, stands):
    rate(town.stranger_person, "breach", valid_from=ON, valid_until=None, repaired_on=ON + 10 * DAY)
    assert (unrepaired_breaches([town.stranger_person.pk], ON + days * DAY) == {town.stranger_person.pk}) is stands


def test_a_breach_repaired_on_its_first_day_never_stood(town):
    rate(town.stranger_person, "breach", valid_from=ON, valid_until=None, repaired_on=ON)
    assert unrepaired_breaches([town.stranger_person.pk], ON) == set()


def test_her_own_rating_comes_first_and_then_the_longest(town):
    rate(town.father_person, valid_until=ON)
    assert benefit(town.father_person).relation == ""
    assert benefit(town.mother_person).relation == "child"  # until the year's end, longer than the husband's
    Standing.objects.filter(person=town.father_person).update(valid_until=YEAR_END + DAY)
    assert benefit(town.mother_person).relation == "spouse"


def test_the_dead_pass_nothing_on(town):
    town.lan_person.died_on = ON
    town.lan_person.save()
    assert benefit(town.mother_person, ON - DAY) is not None and benefit(town.mother_person, ON) is None


def test_the_number_of_queries_is_the_same_for_one_and_for_many(town, django_assert_max_num_queries):
    people = [make_person(serial=serial) for serial in range(910, 940)]
    for person in people:
        rate(person)
    for first, second in zip(people, people[1:], strict=False):
        link(first, second, "spouse")
    ids = [person.pk for person in people] + [town.mother_person.pk, 10**9]
    for wanted in ([], ids[:1], ids):
        with django_assert_max_num_queries(3):
            found = benefits_through(wanted, ON)
        assert set(found) == set(wanted)
    assert found[10**9] is None
