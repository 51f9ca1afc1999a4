"""Whom a notice still reaches, and a notice that nobody can send."""
from datetime import timedelta

import pytest

from tests import filings
from tests.town import JAN_5, grant, link, make_person
from xinyijian.casework import clock, delivery
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Notice
from xinyijian.people.authority import still_acting
from xinyijian.people.models import Grant, Person
from xinyijian.policies.models import Value
from xinyijian.templatetags import portal

DAY = timedelta(days=1)


def told(filing, template):
    return set(Notice.objects.filter(docket=filing.docket, template=f"remote_care/{template}").values_list("recipient", flat=True))


@pytest.mark.parametrize("ended", ["revoked_at", "until"])
def test_a_relative_whose_grant_has_ended_hears_no_more(town, ended):
    filing = filings.in_force(town, at=JAN_5)
    assert told(filing, "accept") == {town.mother_person.pk, town.lan_person.pk}
    Grant.objects.update(**{ended: filing.next_due_at - DAY})
    clock.tick(filing.next_due_at)
    assert told(filing, "remind_gap") == {town.mother_person.pk}


def test_a_parent_hears_of_the_child_until_it_is_of_age_whichever_way_the_link_was_written(town):
    link(town.child_person, town.husband_person, "parent")  # the mother's link is written from her end
    for parent, place in ((town.husband, "440100"), (town.lan, "310100")):
        filing = filings.submitted(town, at=JAN_5, person=town.child_person, by=parent, place_id=place, papers=filings.FULL)
        assert told(filing, "submit") == {town.child_person.pk, parent.person_id}
    Person.objects.filter(pk=town.child_person.pk).update(born_on=JAN_5.date().replace(year=1990))
    child = town.child_person.pk
    assert still_acting({(child, town.lan_person.pk), (child, town.husband_person.pk)}, "remote_care", JAN_5) == set()


def test_a_grant_to_one_person_does_not_serve_another(town):
    other = make_person(serial=730)
    grant(other, town.husband_person)
    assert still_acting({(other.pk, town.lan_person.pk), (town.mother_person.pk, town.husband_person.pk)}, "remote_care", JAN_5) == set()


def test_a_notice_with_a_bug_goes_to_the_phone_list_in_the_end_and_the_others_go_out(town, simulators, monkeypatch):
    filing = filings.submitted(town, at=JAN_5)
    sick, well = Notice.objects.filter(docket=filing.docket).order_by("pk")
    real = delivery.reach.addresses_of
    monkeypatch.setattr(delivery.reach, "addresses_of", lambda person: 1 / 0 if person.pk == sick.recipient_id else real(person))
    assert delivery.send_due(JAN_5) == 1
    for day in range(1, 10):
        delivery.send_due(JAN_5 + day * DAY)
    assert Notice.objects.get(pk=sick.pk).state == "failed"


def texts(filing, template):
    return [text for text in Notice.objects.filter(docket=filing.docket, template=f"remote_care/{template}").values_list("text", flat=True)]


def test_the_receipt_of_a_filing_says_that_the_bureau_decides_by_then(town):
    text = texts(filings.submitted(town, at=JAN_5), "submit")[0]
    assert "前作出决定" in text and "您现在不需要做什么" in text and "截止" not in text


def test_a_filing_that_is_over_says_from_which_day(town, law):
    Value.objects.filter(name="gap_overdue_effect").update(content="end")
    filing = filings.in_force(town, at=JAN_5)
    over = filing.gap_term(filing.params()).at
    clock.tick(over)
    assert f"从{portal.day(day_of(over) + DAY)}起失效" in texts(filing, "lapse")[0] and "明天" not in texts(filing, "lapse")[0]
