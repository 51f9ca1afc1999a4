"""Both sides hear of what begins and ends between them: a notice without a case, down the same ladder as any other."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from family import acting, aids
from family.services import end_tie
from family.tasks import follow_the_dead
from tests.remote_care.walking import browser
from tests.town import JAN_5, make_person
from xinyijian.casework import calls, delivery, monitor, posting
from xinyijian.casework.models import Notice
from xinyijian.casework.retention import _texts
from xinyijian.people import ties
from xinyijian.people.models import FamilyLink, MutualAid, Person

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("law")


def told():
    """{(who, template)} of the notices without a case."""
    return set(Notice.objects.filter(docket=None).values_list("recipient", "template"))


def give(town, at=JAN_5, codes=("remote_care", "data_rights")):
    return acting.give(town.husband_person, town.lan_person, list(codes), (at + 30 * DAY).date(), by=town.husband, at=at)


@pytest.fixture
def aid(town):
    return aids.declare(town.lan_person, town.husband_person, by=town.lan, at=JAN_5)


@pytest.mark.req("S2.16")
def test_leave_to_act_is_told_to_both_once_however_many_services_and_its_end_too(town):
    one, other = give(town)
    lan, husband = town.lan_person.pk, town.husband_person.pk
    assert told() == {(husband, "family/grant_given"), (lan, "family/grant_held")} and Notice.objects.count() == 2
    assert acting.take_back(one, by=town.lan, at=JAN_5 + DAY, because="not_wanted")
    assert not acting.take_back(one, by=town.lan, at=JAN_5 + DAY, because="not_wanted")
    assert told() >= {(husband, "family/grant_ended"), (lan, "family/grant_ended")} and Notice.objects.count() == 4
    words = " ".join(Notice.objects.values_list("text", flat=True))
    assert not any(name in words for name in (town.lan_person.name, town.husband_person.name)) and "/family/" in words


@pytest.mark.req("S3.9")
def test_a_membership_asks_the_other_one_and_tells_both_of_its_beginning_and_end(town, aid):
    lan, husband = town.lan_person.pk, town.husband_person.pk
    assert told() == {(husband, "family/aid_asked")}
    aids.agree(aid, by=town.husband, at=JAN_5 + MINUTE)
    aid.refresh_from_db()
    assert aids.end(aid, by=town.husband, at=JAN_5 + DAY, because="other")
    both = {(who, f"family/aid_{what}") for who in (lan, husband) for what in ("begun", "ended")}
    assert told() == {(husband, "family/aid_asked")} | both


def test_declining_tells_both_that_nothing_was_noted(town, aid):
    assert aids.end(aid, by=town.husband, at=JAN_5 + DAY, because="other")
    assert {who for who, name in told() if name == "family/aid_declined"} == {town.lan_person.pk, town.husband_person.pk}


def test_a_childs_side_is_told_through_her_guardian(town):
    child, stranger = town.child_person, town.stranger_person
    aids.enter(stranger, child, "paper 1", by=town.counter, at=JAN_5)
    assert {who for who, _name in told()} == {stranger.pk, town.lan_person.pk}


def test_an_imported_link_that_one_ends_is_told_to_both(town):
    link = FamilyLink.objects.get(person=town.lan_person, relative=town.husband_person)
    assert end_tie(link, by=town.lan, at=JAN_5, because="divorce")
    assert told() == {(town.lan_person.pk, "family/tie_ended"), (town.husband_person.pk, "family/tie_ended")}


def test_the_living_are_told_what_a_death_has_ended_and_the_dead_are_not(town, django_assert_max_num_queries):
    give(town)
    for serial in range(3):
        aids.enter(make_person(serial=930 + serial), town.husband_person, "paper", by=town.counter, at=JAN_5)
    Notice.objects.all().delete()
    Person.objects.filter(pk=town.husband_person.pk).update(died_on=JAN_5.date())
    with django_assert_max_num_queries(40):
        assert follow_the_dead(JAN_5 + DAY)
    states = Notice.objects.filter(docket=None)
    assert set(states.filter(state="stopped").values_list("recipient", flat=True)) == {town.husband_person.pk}
    assert states.filter(state="queued", template="family/aid_ended").count() == 3 and (town.lan_person.pk, "family/grant_ended") in told()


def test_what_began_on_the_day_of_a_death_is_ended_once_and_not_every_hour(town):
    aids.enter(town.stranger_person, town.husband_person, "paper", by=town.counter, at=JAN_5)
    Person.objects.filter(pk=town.husband_person.pk).update(died_on=JAN_5.date())
    found = [[one.model for one in ties.end_ties_of_the_dead(JAN_5 + n * MINUTE)] for n in (1, 2)]
    assert MutualAid in found[0] and found[1] == []


def test_it_goes_down_the_ladder_and_stands_on_the_lists_of_the_recipients_region(town, simulators, client):
    simulators.faults(sms="refuse")
    give(town)
    delivery.send_due(JAN_5)
    notice = Notice.objects.get(recipient=town.lan_person)
    assert notice.state == "failed" and notice in calls.waiting(town.clerk, JAN_5) and notice not in calls.waiting(town.elsewhere, JAN_5)
    assert not any(group.count for group in monitor.groups(town.elsewhere, JAN_5))
    client.force_login(town.counter)
    for page in ("/desk/calls/", "/desk/reached/"):
        assert client.get(page).status_code == 200
    assert calls.number_of(notice, by=town.counter, at=JAN_5) == town.lan_person.phone
    Notice.objects.filter(pk=notice.pk).update(state="letter", channel="letter")
    assert posting.letter_of(posting.find(str(notice.pk), by=town.counter, at=JAN_5), by=town.counter, at=JAN_5).startswith(b"%PDF")
    assert client.get("/desk/letters/").status_code == 200 and client.get("/admin/casework/notice/").status_code == 200


def test_it_stands_among_her_messages_can_be_confirmed_by_anybody_and_its_words_go_in_time(town, client):
    give(town)
    assert next(group.count for group in monitor.groups(town.clerk, JAN_5 + 2 * DAY) if group.name == "late") == 2
    notice = Notice.objects.get(recipient=town.lan_person)
    page = browser(town.lan, "en").get("/messages/").content.decode()
    assert notice.text[:24] in page and 'href="/family/"' in page and "/cases//" not in page
    said = client.post("/check/", {"code": notice.code}, headers={"accept-language": "en"})
    assert said.status_code == 200 and town.lan_person.name not in said.content.decode()
    Notice.objects.update(state="delivered", next_try_at=None)
    assert _texts([(town.lan_person.region_id, JAN_5 + MINUTE)], 10) == 2 and not Notice.objects.exclude(text="").exists()


def test_no_notice_is_about_nothing(town, aid):
    for wrong in ("", "weather"):
        with pytest.raises(IntegrityError, match="notice_of_a_case_or_a_subject"), transaction.atomic():
            Notice.objects.update(subject=wrong)
