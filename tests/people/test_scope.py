"""Who sees whom and may act where: by posts, day by day."""
from datetime import date, datetime, timedelta

import pytest

from tests.town import JAN_5, SHANGHAI, make_post, make_user
from xinyijian.people import scope
from xinyijian.people.models import Person, User

ACCEPT, READ = "remote_care.accept_filing", "casework.read"
BLIND = ("system_admin", "security_admin", "audit_admin", "banker", "pharmacist", "escort", "expert", "hospital_admin", "family_doctor")


def fresh(user):
    """The same user as the next request sees her: without what was cached."""
    return User.objects.get(pk=user.pk)


@pytest.mark.req("S0.6")
def test_a_county_post_reaches_its_county_and_nothing_else(town):
    assert scope.regions_of(town.clerk, READ, JAN_5) == {"439901"}


def test_a_city_post_reaches_the_counties_below_it(town):
    assert scope.regions_of(town.auditor, READ, JAN_5) == {"439900", "439901", "439902"}


def test_a_hospital_post_reaches_its_hospital_and_no_region(town):
    assert scope.regions_of(town.hospital_a, READ, JAN_5) == frozenset()
    assert scope.organisations_of(town.hospital_a, READ, JAN_5) == {town.county_hospital.pk}


def test_two_posts_reach_both_places(town):
    make_post(town.clerk, town.other_bureau, "clerk")
    assert scope.regions_of(fresh(town.clerk), READ, JAN_5) == {"439901", "439902"}


@pytest.mark.parametrize("who, allowed", [
    ("clerk", True), ("second_clerk", True), ("officer", True), ("root", True),
    ("counter", False), ("elsewhere", False), ("jiangsu_clerk", False), ("hospital_a", False), ("hospital_b", False),
    ("physician", False), ("auditor", False), ("lan", False), ("stranger", False),
])
def test_who_may_accept_a_filing_of_the_county(town, who, allowed):
    assert scope.holds(getattr(town, who), ACCEPT, "439901", None, JAN_5) is allowed


def test_a_hospital_holds_a_permission_at_itself_only(town):
    at_home = ("documents.receive", "439901", town.county_hospital.pk, JAN_5)
    assert scope.holds(town.hospital_a, *at_home)
    assert not scope.holds(town.hospital_b, *at_home)
    assert not scope.holds(town.hospital_a, "documents.receive", "439901", None, JAN_5)


def test_an_undeclared_permission_is_an_error_and_no_lock(town):
    with pytest.raises(KeyError):
        scope.holds(town.clerk, "remote_care.acept_filing", "439901", None, JAN_5)


def test_somebody_who_may_not_sign_in_holds_nothing(town):
    town.root.is_active = town.clerk.is_active = False
    assert not scope.holds(town.root, ACCEPT, "439901", None, JAN_5)
    assert not scope.holds(town.clerk, ACCEPT, "439901", None, JAN_5)
    assert not scope.reachable_by(town.root, JAN_5).exists()


@pytest.mark.parametrize("at, holds", [
    (datetime(2026, 2, 28, 23, 59, 59, tzinfo=SHANGHAI), False),
    (datetime(2026, 3, 1, 0, 0, 0, tzinfo=SHANGHAI), True),
    (datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI), True),
    (datetime(2026, 4, 1, 0, 0, 0, tzinfo=SHANGHAI), False),
])
def test_a_post_holds_from_its_first_to_its_last_day(town, at, holds):
    user = make_user("substitute", is_staff=True)
    make_post(user, town.bureau, "clerk", since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert scope.holds(user, ACCEPT, "439901", None, at) is holds
    assert bool(scope.regions_of(user, READ, at)) is holds


def test_a_post_ends_at_midnight_in_shanghai_wherever_the_moment_was_written(town):
    user = make_user("substitute", is_staff=True)
    make_post(user, town.bureau, "clerk", until=date(2026, 3, 31))
    last_second = datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI).astimezone(tz=None)
    assert scope.holds(user, ACCEPT, "439901", None, last_second)
    assert not scope.holds(user, ACCEPT, "439901", None, last_second + timedelta(seconds=1))


@pytest.mark.parametrize("who, sees", [
    ("lan", {"lan", "mother", "child"}), ("mother", {"mother"}), ("husband", {"husband"}), ("stranger", {"stranger"}),
    ("clerk", {"lan", "mother", "father", "husband", "child", "stranger"}), ("elsewhere", {"neighbour"}), ("jiangsu_clerk", {"jiangsu"}),
    ("hospital_a", set()), ("physician", set()),
    ("auditor", {"lan", "mother", "father", "husband", "child", "stranger", "neighbour"}),
    ("root", {"lan", "mother", "father", "husband", "child", "stranger", "neighbour", "jiangsu"}),
])
def test_whose_records_each_may_open(town, who, sees):
    assert set(scope.reachable_by(getattr(town, who), JAN_5)) == {getattr(town, f"{name}_person") for name in sees}


@pytest.mark.parametrize("who", BLIND)
def test_a_post_that_reads_no_cases_reaches_nobody(town, who):
    user = getattr(town, who)
    assert not scope.regions_of(user, READ, JAN_5) and not scope.organisations_of(user, READ, JAN_5)
    assert not scope.reachable_by(user, JAN_5).exists() and not scope.holds_anywhere(user, READ, JAN_5)


def test_an_administrator_who_is_also_a_clerk_elsewhere_reads_there_only(town):
    make_post(town.system_admin, town.other_bureau, "clerk")
    assert scope.regions_of(fresh(town.system_admin), READ, JAN_5) == {"439902"}


def test_posts_are_read_once_per_user_object(town, django_assert_num_queries):
    clerk = fresh(town.clerk)
    with django_assert_num_queries(2):
        for _ in range(3):
            scope.holds(clerk, ACCEPT, "439901", None, JAN_5)
            scope.regions_of(clerk, READ, JAN_5)
            scope.organisations_of(clerk, READ, JAN_5)
            scope.role_over(clerk, "439901", None, JAN_5)


def test_the_role_in_which_somebody_meets_a_place(town):
    make_post(town.clerk, town.bureau, "auditor")
    assert scope.role_over(fresh(town.clerk), "439901", None, JAN_5) == "clerk"  # the main post comes first
    assert scope.role_over(town.clerk, "439902", None, JAN_5) == ""
    assert scope.role_over(town.hospital_a, "439901", town.county_hospital.pk, JAN_5) == "insurance_office"


def test_a_patient_and_a_visitor_have_no_posts(town):
    assert scope.posts_of(town.lan, JAN_5) == ()
    assert Person.objects.count() == 8
