"""Who somebody is: the platform's roster, the e-voucher and the credit subsystem, through every way in which they can misbehave."""
from datetime import date
from decimal import Decimal

import pytest

from xinyijian.gateways import Rejected, Unavailable, credit, evoucher, roster

pytestmark = pytest.mark.django_db  # messages to the platform are counted there

SUN = ("01", "439901199202173124", "孙晓梅")  # in fixtures/platform_people.yaml: known to the platform and not to the portal
PASSPORT = ("08", "X00000001", "ANNA SAMPLE")


def ask_roster(simulators):
    return roster.person(*SUN)


def ask_voucher(simulators):
    return evoucher.decode(simulators.voucher("439901000000301"))


def ask_credit(simulators):
    return credit.read(*SUN, key="a")


GATEWAYS = pytest.mark.parametrize(("gateway", "ask"), [("roster", ask_roster), ("evoucher", ask_voucher), ("credit", ask_credit)])


def test_the_roster_tells_who_holds_a_certificate(simulators):
    found = roster.person(*SUN)
    assert (found.psn_no, found.name, found.cert_type, found.cert_number) == ("439901000000301", "孙晓梅", "01", "439901199202173124")
    assert (found.born_on, found.sex, found.region, found.insutype, found.psn_type) == (date(1992, 2, 17), "2", "439901", "310", "11")
    assert found.balc == Decimal("2318.60")


def test_other_certificates_are_asked_for_like_an_id_card(simulators):
    assert roster.person(*PASSPORT).psn_no == "439901000000305"
    assert roster.person("990201", "Z439900001", "孙小川").born_on == date(2026, 3, 2)


@pytest.mark.parametrize("asked", [("01", SUN[1], "王桂英"), ("01", "439901199202173116", "孙晓梅"), ("08", SUN[1], SUN[2])])
def test_name_kind_and_number_must_all_fit(simulators, asked):
    assert roster.person(*asked) is None


def test_a_demo_person_of_the_portal_is_known_too(simulators):
    assert roster.person("01", "439901198804121028", "李晓兰").psn_no == "439901000000102"


def test_a_code_tells_who_shows_it_and_serves_once(simulators):
    code = simulators.voucher("439901000000305")
    found = evoucher.decode(code)
    assert (found.name, found.cert_type, found.cert_number) == ("ANNA SAMPLE", "08", "X00000001")
    assert (found.psn_no, found.region) == ("439901000000305", "439901")
    with pytest.raises(Rejected, match="已使用"):
        evoucher.decode(code)


def test_an_old_code_and_an_invented_one_are_refused(simulators):
    for code in (simulators.voucher("439901000000305", seconds=-1), "000000000000", "", "' OR 1=1"):
        with pytest.raises(Rejected):
            evoucher.decode(code)


def test_a_code_whose_answer_was_lost_is_used_up(simulators):
    code = simulators.voucher("439901000000301")
    simulators.faults(evoucher="lost")
    with pytest.raises(Unavailable):
        evoucher.decode(code)
    simulators.faults()
    with pytest.raises(Rejected):
        evoucher.decode(code)


def test_a_code_is_good_although_the_roster_says_no(simulators):
    code = simulators.voucher("439901000000301")
    simulators.faults(roster="refuse")
    assert evoucher.decode(code).psn_no == ""


def test_the_grade_is_what_the_subsystem_says_today(simulators):
    found = credit.read(*SUN, key="a")
    assert found.grade == "excellent" and found.reference.startswith("DEMOCR") and found.valid_from < found.valid_until
    simulators.grade("439901000000301", "poor")
    assert credit.read(*SUN, key="b").grade == "poor"
    simulators.grade("439901000000301", "")
    assert credit.read(*SUN, key="c") is None
    simulators.grade("439901000000301", "excellent")


def test_whoever_has_no_rating_or_is_not_known_is_not_rated(simulators):
    assert credit.read(*PASSPORT, key="a") is None
    assert credit.read("01", SUN[1], "王桂英", key="b") is None


@GATEWAYS
def test_a_refusal_is_told_in_words(simulators, gateway, ask):
    simulators.faults(**{gateway: "refuse"})
    with pytest.raises(Rejected, match="演示"):
        ask(simulators)


@GATEWAYS
@pytest.mark.parametrize("fault", ["500", "lost", "slow"])
def test_without_an_answer_nothing_is_known_and_the_next_question_is_answered(simulators, gateway, ask, fault):
    simulators.faults(**{gateway: fault})
    with pytest.raises(Unavailable):
        ask(simulators)
    simulators.faults()
    assert ask(simulators)


@GATEWAYS
def test_a_question_that_arrives_twice_is_answered_once(simulators, gateway, ask):
    simulators.faults(**{gateway: "repeat"})
    assert ask(simulators)


@GATEWAYS
def test_a_wrong_secret_is_our_trouble(simulators, settings, gateway, ask):
    settings.GATEWAY_SECRET = "another"
    with pytest.raises(Unavailable):
        ask(simulators)


def test_a_persons_name_and_number_are_in_no_text_of_what_came_back(simulators):
    shown = f"{roster.person(*SUN)} {evoucher.decode(simulators.voucher('439901000000301'))}"
    assert "孙晓梅" not in shown and SUN[1] not in shown and "2318" not in shown
