"""Finding somebody by an exact number and never by a part of one."""
from datetime import date

import pytest

from tests.town import certificate, make_person
from xinyijian.people import find


def test_by_certificate_however_it_is_typed(town):
    number = town.lan_person.cert_number
    for typed in (number, f" {number[:6]} {number[6:14]} {number[14:]} ", f"{number[:6]}-{number[6:]}", number.lower()):
        assert find.by_certificate(typed) == town.lan_person


@pytest.mark.parametrize("typed", ["", " ", "4399", "李晓兰"])
def test_a_part_or_nothing_finds_nobody(town, typed):
    assert find.by_certificate(typed) is None
    assert not find.by_phone(typed).exists()


def test_one_number_on_two_kinds_of_certificate_names_nobody_until_the_kind_is_said(town):
    number = certificate("439901", date(1970, 1, 1), 909)
    permit = make_person(serial=909, cert_type="17", cert_number=number)
    card = make_person(serial=910, cert_type="01", cert_number=number)
    assert find.by_certificate(number) is None
    assert find.by_certificate(number, "17") == permit and find.by_certificate(number, "01") == card


def test_a_phone_finds_the_family_that_shares_it(town):
    town.father_person.phone = town.mother_person.phone
    town.father_person.save()
    assert set(find.by_phone(town.mother_person.phone)) == {town.mother_person, town.father_person}


@pytest.mark.parametrize("shape", ["+86 {}", "0086{}", "{}", " {} "])
def test_a_phone_is_found_with_and_without_the_country_code(town, shape):
    assert list(find.by_phone(shape.format(town.lan_person.phone))) == [town.lan_person]
