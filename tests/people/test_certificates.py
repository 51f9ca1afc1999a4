"""Certificates and what a screen shows of them."""
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from xinyijian.people import certificates, masking

ADULT, CHILD = "439999199001010017", "439999201503151231"
SAMPLE = "11010519491231002X"  # the example printed in the standard


@pytest.mark.parametrize("number", [ADULT, CHILD, SAMPLE])
def test_a_right_number_passes(number):
    assert certificates.validate(number) == number


def test_an_area_that_exists_nowhere_is_no_mistake():
    assert certificates.validate(ADULT)[:4] == "4399"


WRITINGS = ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002X ", "110105-19491231-002X"]


@pytest.mark.parametrize("typed", WRITINGS)
def test_width_case_and_spaces_are_tidied(typed):
    assert certificates.validate(typed) == SAMPLE


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_found_wherever_it_is(place):
    wrong = ADULT[:place] + str((int(ADULT[place]) + 1) % 10) + ADULT[place + 1:]
    with pytest.raises(ValidationError):
        certificates.validate(wrong)


def test_two_swapped_neighbours_are_found():
    number = "439901198804121028"
    for place in range(17):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2:]
        if swapped != number:
            with pytest.raises(ValidationError):
                certificates.validate(swapped)


@pytest.mark.parametrize("number, code", [("", "cert_format"), ("439999900101001", "cert_format"), ("43999919900101001X7", "cert_format"),
                                          ("X39999199001010017", "cert_format"), ("439999199002300017", "cert_birthday")])
def test_what_is_wrong_is_named(number, code):
    with pytest.raises(ValidationError) as caught:
        certificates.validate(number)
    assert caught.value.code == code


def test_the_day_before_leap_day_exists_and_leap_day_only_in_leap_years():
    for day, exists in (("20000229", True), ("19000229", False), ("20240229", True), ("20230229", False)):
        number = f"439901{day}001"
        number += certificates.check_character(number)
        if exists:
            assert certificates.born_on(certificates.validate(number)) == date.fromisoformat(day)
        else:
            with pytest.raises(ValidationError):
                certificates.validate(number)


@pytest.mark.parametrize("kind, number", [("08", "E12345678"), ("990201", "A430123456"), ("04", "H12345678"), ("99", "ABC/2026(1)")])
def test_other_certificates_are_first_class(kind, number):
    assert certificates.validate(number.lower(), kind) == number


def test_the_permit_of_hong_kong_macau_and_taiwan_residents_has_the_same_check():
    body = "83000019810715001"
    right = body + certificates.check_character(body)
    assert certificates.validate(right, "17") == right
    with pytest.raises(ValidationError):
        certificates.validate(body + ("0" if right[-1] != "0" else "1"), "17")


@pytest.mark.parametrize("number", ["李", "A1;DROP", "", "中文证件"])
def test_other_certificates_are_letters_and_digits(number):
    with pytest.raises(ValidationError):
        certificates.validate(number, "08")


def test_sex_stands_in_the_seventeenth_digit():
    assert certificates.sex_of(ADULT) == "1" and certificates.sex_of("439901198804121028") == "2"


@pytest.mark.parametrize("shown, hidden", [
    (masking.name("李晓兰"), "李**"), (masking.name("欧阳明月"), "欧***"), (masking.name(""), ""), (masking.name("王"), "王"),
    (masking.certificate(ADULT), "439999********0017"), (masking.certificate("E12345678"), "*******78"),
    (masking.certificate("1234"), "****"), (masking.phone("19900000001"), "199****0001"),
    (masking.phone("0739-0000"), "*******00"), (masking.phone("0000"), "****"), (masking.phone(""), ""),
])
def test_masks_keep_what_tells_people_apart_and_no_more(shown, hidden):
    assert shown == hidden
