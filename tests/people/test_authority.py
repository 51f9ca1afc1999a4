"""Acting for somebody: by a grant to the second, by a service's scope, or as a minor's parent."""
from datetime import date, datetime, timedelta

import pytest

from tests.town import JAN_5, SHANGHAI, grant, link
from xinyijian.people import authority
from xinyijian.people.models import Grant

SECOND = timedelta(seconds=1)


def may(user, person, at=JAN_5, scope="remote_care"):
    return authority.may_act_for(user, person.pk, scope, at)


def test_everybody_acts_for_herself(town):
    assert may(town.stranger, town.stranger_person)


def test_a_daughter_acts_for_the_mother_who_let_her(town):
    assert may(town.lan, town.mother_person)


def test_a_grant_does_not_work_backwards(town):
    assert not may(town.mother, town.lan_person)


def test_kinship_alone_gives_no_leave(town):
    assert not may(town.lan, town.father_person) and not may(town.husband, town.lan_person)


def test_a_stranger_and_a_clerk_act_for_nobody(town):
    assert not may(town.stranger, town.mother_person) and not may(town.clerk, town.mother_person)


def test_a_grant_for_one_service_is_none_for_another(town):
    assert not may(town.lan, town.mother_person, scope="chronic_disease")


def test_a_star_is_a_grant_for_everything(town):
    grant(town.father_person, town.lan_person, scope="*")
    assert may(town.lan, town.father_person) and may(town.lan, town.father_person, scope="chronic_disease")


def test_a_grant_begins_and_ends_to_the_second(town):
    since, until = JAN_5, JAN_5 + timedelta(days=10)
    grant(town.father_person, town.lan_person, since=since, until=until)
    moments = (since - SECOND, since, until - SECOND, until, until + SECOND)
    assert [may(town.lan, town.father_person, at) for at in moments] == [False, True, True, False, False]


def test_a_revoked_grant_ends_to_the_second(town):
    Grant.objects.update(revoked_at=JAN_5)
    assert [may(town.lan, town.mother_person, at) for at in (JAN_5 - SECOND, JAN_5, JAN_5 + SECOND)] == [True, False, False]


def test_nobody_acts_who_may_not_sign_in(town):
    town.lan.is_active = False
    assert not may(town.lan, town.mother_person) and not may(town.lan, town.lan_person)
    assert not authority.represented_by(town.lan, "remote_care", JAN_5).exists()


def test_a_parent_acts_for_a_child_without_a_grant(town):
    assert may(town.lan, town.child_person) and may(town.lan, town.child_person, scope="chronic_disease")


def test_only_a_verified_parent_acts_for_a_child(town):
    tie = link(town.child_person, town.stranger_person, "parent", verified_at=None)
    assert not may(town.stranger, town.child_person)
    tie.verified_at = JAN_5
    tie.save()
    assert may(town.stranger, town.child_person)  # the row read from the child's end


def test_a_child_does_not_act_for_a_parent_and_a_minor_spouse_gives_nothing(town):
    town.child.person = town.child_person
    assert not may(town.child, town.lan_person)


def test_guardianship_ends_with_the_eighteenth_birthday(town):
    town.child_person.born_on = date(2008, 6, 1)
    town.child_person.save()
    eve, birthday = datetime(2026, 5, 31, 23, 59, 59, tzinfo=SHANGHAI), datetime(2026, 6, 1, tzinfo=SHANGHAI)
    assert may(town.lan, town.child_person, eve) and not may(town.lan, town.child_person, birthday)


@pytest.mark.parametrize("born, on, minor", [
    (date(2008, 2, 29), date(2026, 2, 28), True), (date(2008, 2, 29), date(2026, 3, 1), False),
    (date(2010, 3, 1), date(2028, 2, 29), True), (date(2010, 2, 28), date(2028, 2, 28), False),
])
def test_coming_of_age_around_leap_days(born, on, minor):
    assert authority.is_minor(born, on) is minor


def test_those_she_represents_stand_after_herself(town):
    grant(town.stranger_person, town.mother_person)
    assert list(authority.represented_by(town.lan, "remote_care", JAN_5)) == [town.lan_person, town.mother_person, town.child_person]
    assert list(authority.represented_by(town.mother, "remote_care", JAN_5)) == [town.mother_person, town.stranger_person]
    assert list(authority.represented_by(town.lan, "chronic_disease", JAN_5)) == [town.lan_person, town.child_person]


def test_staff_represent_nobody(town):
    assert not authority.represented_by(town.clerk, "remote_care", JAN_5).exists()
