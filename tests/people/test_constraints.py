"""What must never be is refused by the database itself, whoever writes."""
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.town import JAN_5, grant, link, make_person, make_post, make_user, rate
from xinyijian.people.models import FamilyLink, Person, Phone, Region


def refused(deed):
    with pytest.raises(IntegrityError), transaction.atomic():
        deed()


def test_nobody_is_related_to_herself(town):
    refused(lambda: link(town.stranger_person, town.stranger_person, "spouse"))


def test_nobody_grants_herself(town):
    refused(lambda: grant(town.stranger_person, town.stranger_person))


def test_two_people_have_one_open_link_whichever_way_it_is_written(town):
    refused(lambda: link(town.lan_person, town.mother_person, "parent"))
    refused(lambda: link(town.mother_person, town.lan_person, "child"))


def test_an_ended_link_makes_room_for_a_new_one(town):
    FamilyLink.objects.update(until=date(2026, 3, 31))
    assert link(town.mother_person, town.lan_person, "child", since=date(2026, 4, 1)).pk


def test_nothing_ends_before_it_begins(town):
    eve = JAN_5.date() - timedelta(days=1)
    refused(lambda: link(town.stranger_person, town.neighbour_person, "spouse", since=JAN_5.date(), until=eve))
    refused(lambda: grant(town.stranger_person, town.neighbour_person, since=JAN_5, until=JAN_5))
    refused(lambda: rate(town.stranger_person, valid_from=JAN_5.date(), valid_until=eve))
    refused(lambda: rate(town.stranger_person, "breach", valid_from=JAN_5.date(), valid_until=None, repaired_on=eve))
    refused(lambda: make_post(town.clerk, town.bureau, "officer", since=JAN_5.date(), until=eve))
    refused(lambda: make_person(serial=903, died_on=date(1969, 12, 31)))


def test_a_single_day_is_long_enough(town):
    day = JAN_5.date()
    assert make_post(town.clerk, town.bureau, "officer", since=day, until=day).pk


def test_a_user_has_one_main_post_and_no_post_twice(town):
    refused(lambda: make_post(town.clerk, town.bureau, "officer", principal=True))
    refused(lambda: make_post(town.clerk, town.bureau, "clerk"))


def test_nobody_gives_herself_a_post(town):
    refused(lambda: make_post(town.root, town.bureau, "officer", given_by=town.root))
    assert make_post(town.clerk, town.bureau, "officer", given_by=town.root).pk


def test_a_certificate_and_an_insurance_number_are_one_persons(town):
    lan = town.lan_person
    refused(lambda: make_person(serial=904, cert_number=lan.cert_number))
    refused(lambda: make_person(serial=905, cert_number=f" {lan.cert_number}"))  # another writing of the same
    refused(lambda: make_person(serial=906, psn_no=lan.psn_no))


def test_people_without_an_insurance_number_do_not_collide(town):
    assert make_person(serial=907, psn_no="").pk != make_person(serial=908, psn_no="").pk


def test_a_user_has_a_phone_once_but_a_phone_may_have_several_users(town):
    number = town.lan_person.phone
    refused(lambda: Phone.objects.create(user=town.lan, number=number))
    assert Phone.objects.create(user=town.mother, number=number).pk


def test_user_names_are_given_once(town):
    refused(lambda: make_user("lan"))


@pytest.mark.parametrize("code", ["43990", "43990x", ""])
def test_a_region_has_six_digits(town, code):
    refused(lambda: Region.objects.create(code=code, name="x", level="county"))


def test_who_is_pointed_to_cannot_be_deleted(town):
    for one in (town.lan_person, town.officer, town.bureau, town.region_439901):
        with pytest.raises(ProtectedError):
            one.delete()
    assert Person.objects.filter(pk=town.lan_person.pk).exists()
