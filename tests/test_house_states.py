"""Every state of every service, reached by acting: what is not declared is refused, and what is declared can be told."""
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from tests import filings, requests_of
from tests.family import links
from tests.law import lay
from tests.test_house_cases import CASES, CHINESE, states_of
from tests.town import JAN_5, build, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.actors import CLOCK
from xinyijian.casework.clock import tick
from xinyijian.casework.notices import text_of
from xinyijian.casework.rules import Refused
from xinyijian.casework.steps import steps_of
from xinyijian.casework.workflow import act
from xinyijian.people.models import Region
from xinyijian.policies import forget

DAY = timedelta(days=1)


def filings_in_every_state(town):
    """{state: a filing brought there by acting}"""
    one = _for_somebody(town)
    lapsed = filings.in_force(town, at=JAN_5)  # the only one with a gap: its person is a beneficiary
    tick(JAN_5 + 90 * DAY)
    lapsed.refresh_from_db()
    made = {
        "draft": one(filings.draft),
        "submitted": one(filings.submitted),
        "returned": act(one(filings.submitted).return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=filings.FULL, because="faint"),
        "accepted": one(filings.accepted),
        "in_force": one(filings.in_force),
        "refused": act(one(filings.submitted).refuse, by=town.clerk, at=JAN_5 + DAY, reasons=[], because="lives at home"),
        "lapsed": lapsed if lapsed.status == "lapsed" else act(lapsed.lapse, by=town.officer, at=JAN_5 + 91 * DAY),
        "ended": one(filings.in_force, end_on=(JAN_5 + 30 * DAY).date()),
        "cancelled": act(one(filings.in_force).cancel, by=town.counter, at=JAN_5 + 400 * DAY, because="moved back"),
        "withdrawn": act(one(filings.submitted).withdraw, by=town.counter, at=JAN_5 + DAY),
    }
    tick(JAN_5 + 31 * DAY)
    made["ended"].refresh_from_db()
    return made


def _for_somebody(town):
    numbers = iter(range(700, 800))

    def make(maker, **more):
        return maker(town, at=JAN_5, person=make_person(serial=next(numbers)), by=town.counter, papers=filings.FULL, **more)

    return make


def links_in_every_state(town):
    """{state: a family link brought there by acting}"""
    numbers = iter(range(800, 830))

    def two():
        one, other = (make_person(serial=next(numbers)) for _n in range(2))
        return {"person": one, "by": town.counter, "other": other}

    def agreed():
        link = links.asked(town, at=JAN_5, **two())
        both = [("person", "kinship"), ("relative", "kinship")]
        return act(link.agree, by=town.counter, at=JAN_5, agreed=both, how="paper")

    def in_force():
        return act(agreed().accept, by=town.clerk, at=JAN_5)

    grown = links.of_child(town, at=JAN_5, born_on=date(2008, 1, 10))
    made = {
        "draft": links.draft(town, at=JAN_5, **two()),
        "asked": agreed(),
        "returned": act(agreed().return_to_applicant, by=town.clerk, at=JAN_5, redo=[], because="faint"),
        "in_force": in_force(),
        "refused": act(agreed().refuse, by=town.clerk, at=JAN_5, reasons=["illegible"], because="faint"),
        "declined": act(links.asked(town, at=JAN_5).decline, by=town.neighbour, at=JAN_5),
        "expired": links.asked(town, at=JAN_5, **two()),
        "withdrawn": act(agreed().withdraw, by=town.counter, at=JAN_5),
        "ended": act(in_force().end, by=town.clerk, at=JAN_5 + DAY, because="divorce"),
        "review": grown,
    }
    tick(JAN_5 + 60 * DAY)
    for one in made.values():
        one.refresh_from_db()
    return made


IN_EVERY_STATE = {
    "family.Link": links_in_every_state,
    "remote_care.Filing": filings_in_every_state,
    "data_rights.Correction": lambda town: requests_of.corrections_in_every_state(town, JAN_5),
    "data_rights.Reopening": lambda town: requests_of.reopenings_in_every_state(town, JAN_5),
    "data_rights.Review": lambda town: requests_of.reviews_in_every_state(town, JAN_5),
}


@pytest.fixture(scope="module")
def town(ground):
    """The town under the law, in a country whose places have English names, laid once for all tests of this module."""
    with ground():
        town = build()
        lay()
        Region.objects.update(name_en="Somewhere")
    yield town
    forget()


@pytest.fixture(scope="module", params=CASES, ids=lambda model: model._meta.label)
def brought(request, town, ground):
    """{state: case} of one service."""
    with ground():
        return IN_EVERY_STATE[request.param._meta.label](town)


@pytest.fixture
def cases(brought, db):
    """The same, as they stand."""
    for case in brought.values():
        case.refresh_from_db()
    return brought


def test_each_state_can_be_reached_by_acting(cases):
    assert {state: case.status for state, case in cases.items()} == {state: state for state in cases}
    assert set(cases) == states_of(type(next(iter(cases.values()))))


def test_what_is_not_declared_is_refused_to_everybody(cases, town):
    happened = Event.objects.count()
    for state, case in cases.items():
        for verb, step in steps_of(type(case)).items():
            for by in (town.root, CLOCK) if state not in step.sources else ():
                with pytest.raises(Refused) as no:
                    act(getattr(case, verb), by=by, at=JAN_5 + 500 * DAY)
                assert [u.code for u in no.value.unmet] == ["wrong_state"], f"{verb} in {state} by {by}"
    assert Event.objects.count() == happened


def test_the_clock_presses_only_what_is_the_clocks(cases):
    for state, case in cases.items():
        for verb, step in steps_of(type(case)).items():
            if state in step.sources and case.next_verb != verb:
                with pytest.raises((Refused, PermissionDenied)):
                    act(getattr(case, verb), by=CLOCK, at=JAN_5 + 500 * DAY)


def test_every_notice_can_be_read_in_both_languages(cases):
    for case in cases.values():
        for step in steps_of(type(case)).values():
            if case.status in (step.target or step.sources):
                name, words = f"{case._meta.app_label}/{step.notice}", case.notice_words(case.params(), [])
                texts = (text_of(name, case.number, words, language, "K7Q4M-XBT29") for language in ("en", "zh-hans"))
                english, chinese = (text.split("】")[1] for text in texts)
                english = english.replace(settings.COUNTER_ADDRESS, "")  # as one has to write it, or show it to a driver
                assert english.strip() and not CHINESE.search(english), english
                assert CHINESE.search(chinese), chinese
                assert "None" not in english + chinese and "{" not in english + chinese
