"""A corrected day of birth moves the day on which a child of a registered link comes of age."""
from datetime import date, datetime, timedelta

import pytest

from family import birthdays
from family.models import Link
from tests.family import links
from tests.requests_of import correction
from tests.town import JAN_5, SHANGHAI, make_person, make_user
from xinyijian.audit.models import Event
from xinyijian.casework.clock import tick
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people.models import Person

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("law")


def correct(town, child, wanted, at):
    case = correction(town, at=at, person=child, by=town.counter, field="born_on", wanted=wanted, paper=True)
    act(case.correct, by=town.clerk, at=at, because="the birth certificate says so")


def again(link):
    return Link.objects.get(pk=link.pk)


@pytest.mark.req("S0.3")
def test_a_correction_aims_the_link_at_the_new_day_in_both_directions(town):
    made = links.of_child(town, at=JAN_5, born_on=date(2008, 1, 10))
    correct(town, made.relative, "2010-03-01", JAN_5 + DAY)
    assert again(made).comes_of_age_on == date(2028, 3, 1) and again(made).next_due_at == datetime(2028, 3, 1, tzinfo=SHANGHAI)
    assert Event.objects.get(verb="follow_birthday").by_id == town.clerk.pk
    correct(town, made.relative, "2007-12-01", JAN_5 + 2 * DAY)
    tick(JAN_5 + 2 * DAY)
    assert again(made).status == "review"
    correct(town, made.relative, "2010-03-01", JAN_5 + 3 * DAY)
    confirmed = act(again(made).confirm, by=town.second_clerk, at=JAN_5 + 3 * DAY)
    assert confirmed.comes_of_age_on == date(2028, 3, 1) and confirmed.next_verb == "review"


def test_an_adult_who_was_a_minor_after_all_is_aimed_at_and_other_corrections_move_nothing(town):
    child = make_person("周大", born_on=date(2000, 1, 10), serial=943)
    made = links.asked(town, at=JAN_5, other=child, relation="child", paper="birth_certificate")
    made = act(made.agree, by=town.counter, at=JAN_5, agreed=[("relative", "kinship")], how="paper")
    act(made.accept, by=town.clerk, at=JAN_5)
    assert again(made).comes_of_age_on is None
    act(correction(town, at=JAN_5, person=made.relative, by=town.counter).correct, by=town.clerk, at=JAN_5, because="checked")
    assert not Event.objects.filter(verb="follow_birthday").exists()
    correct(town, made.relative, "2010-01-10", JAN_5)
    assert again(made).comes_of_age_on == date(2028, 1, 10)


def test_what_the_roster_says_of_a_birthday_is_followed_by_the_sweep_and_once(town):
    leap = links.of_child(town, at=JAN_5, child=make_person("闰", born_on=date(2012, 2, 29), serial=941))
    made = links.of_child(town, at=JAN_5, born_on=date(2015, 6, 1))
    assert birthdays.follow_the_roster(Link, JAN_5) == 0 and leap.comes_of_age_on == date(2030, 3, 1)
    Person.objects.filter(pk=made.relative_id).update(born_on=date(2014, 6, 2))
    assert [birthdays.follow_the_roster(Link, JAN_5) for _twice in range(2)] == [1, 0]
    assert again(made).comes_of_age_on == date(2032, 6, 2)


def test_who_is_a_minor_by_a_corrected_birthday_cannot_confirm_it_herself(town):
    made = links.of_child(town, at=JAN_5, born_on=date(2008, 1, 6))
    tick(JAN_5 + DAY)
    young = make_user("young", again(made).relative)
    correct(town, made.relative, "2010-03-01", JAN_5 + DAY)
    with pytest.raises(Refused) as no:
        act(again(made).confirm, by=young, at=JAN_5 + 2 * DAY, agreed=[("relative", "kinship")])
    assert [one.code for one in no.value.unmet] == ["not_of_age"] and again(made).status == "review"
    grown = datetime(2028, 3, 1, 9, tzinfo=SHANGHAI)
    assert act(again(made).confirm, by=young, at=grown, agreed=[("relative", "kinship")]).status == "in_force"
