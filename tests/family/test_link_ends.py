"""What becomes of a family link: it runs out, ends, comes of age; children and their guardians."""
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from family import tasks
from family.models import Link
from family.services import end_tie, open_link, send
from tests.family import links
from tests.filings import photo
from tests.remote_care.walking import browser
from tests.town import JAN_5, SHANGHAI, grant, make_person, make_user
from xinyijian.audit.models import Event
from xinyijian.casework import documents
from xinyijian.casework.actors import CLOCK
from xinyijian.casework.clock import tick
from xinyijian.casework.models import Notice
from xinyijian.casework.pages import timeline_of
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people import authority
from xinyijian.people.models import Consent, FamilyLink, Grant, Person

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("law")


def codes(no):
    return [unmet.code for unmet in no.value.unmet]


def again(one):
    return Link.objects.get(pk=one.pk)


def told(one):
    return sorted((n.recipient_id, n.template) for n in Notice.objects.filter(docket=one.docket_id))


def test_without_an_answer_it_runs_out_to_the_second(town):
    made = links.asked(town, at=JAN_5)
    due = made.next_due_at
    tick(due - SECOND)
    assert again(made).status == "asked"
    tick(due)
    assert again(made).status == "expired" and (town.stranger_person.pk, "family/expire") in told(made)


def test_declined_and_run_out_read_the_same(town):
    made = act(links.asked(town, at=JAN_5).decline, by=town.neighbour, at=JAN_5)
    assert Link.public_status["declined"] == Link.public_status["expired"] and (town.stranger_person.pk, "family/expire") in told(made)


@pytest.mark.parametrize("who", ["stranger", "neighbour", "clerk"])
def test_either_side_ends_it_at_once(town, who):
    made = links.in_force(town, at=JAN_5)
    row = FamilyLink.objects.get(case_number=made.number)
    assert end_tie(row, by=getattr(town, who), at=JAN_5 + DAY, because="divorce")
    assert not FamilyLink.objects.in_force((JAN_5 + DAY).date()).filter(pk=row.pk).exists()
    assert again(made).status == "ended" and (town.neighbour_person.pk, "family/end") in told(made)
    with translation.override("zh-hans"):
        assert timeline_of(again(made))[0]["because"] == "离婚", "in words, and not as the trail keeps it"


def test_ended_on_the_day_on_which_it_was_registered_it_holds_no_longer(town):
    made = links.in_force(town, at=JAN_5)
    act(made.end, by=town.neighbour, at=JAN_5 + 3600 * SECOND, because="wrong")
    assert not FamilyLink.objects.in_force(JAN_5.date()).filter(case_number=made.number).exists()
    assert links.in_force(town, at=JAN_5 + DAY).status == "in_force"


def test_a_link_that_was_imported_is_ended_on_the_page_too(town):
    row = FamilyLink.objects.get(person=town.lan_person, relative=town.husband_person)
    assert browser(town.stranger).post(f"/family/end/link/{row.pk}/", {"because": "divorce"}).status_code == 404
    for _twice in range(2):
        assert browser(town.husband).post(f"/family/end/link/{row.pk}/", {"because": "divorce"}).status_code == 302
    row.refresh_from_db()
    assert row.until and row.ended_because == "divorce"
    assert Event.objects.filter(kind="people.FamilyLink", object_id=row.pk, verb="end").count() == 1


def test_the_clock_ends_it_after_the_day_of_death(town):
    made = links.in_force(town, at=JAN_5)
    grant(town.neighbour_person, town.stranger_person)
    Person.objects.filter(pk=town.neighbour_person.pk).update(died_on=(JAN_5 + DAY).date())
    tasks.follow_the_dead(JAN_5 + DAY)
    midnight = datetime(2026, 1, 7, tzinfo=SHANGHAI)
    tick(midnight - SECOND)
    assert again(made).status == "in_force"
    tick(midnight)
    assert again(made).status == "ended" and again(made).ended_because == "death"
    assert Grant.objects.get(person=town.neighbour_person).revoked_at is not None


@pytest.mark.req("S0.3")
def test_a_child_comes_of_age_to_the_second_and_confirms_herself(town):
    born = date(2008, 1, 10)
    made = links.of_child(town, at=JAN_5, born_on=born)
    child = made.relative
    assert Consent.objects.filter(person=child).values_list("kind", flat=True).get() == "guardian"
    eighteen = datetime(2026, 1, 10, tzinfo=SHANGHAI)
    assert authority.may_act_for(town.stranger, child.pk, "remote_care", eighteen - SECOND)
    assert not authority.may_act_for(town.stranger, child.pk, "remote_care", eighteen)
    tick(eighteen - SECOND)
    assert again(made).status == "in_force"
    tick(eighteen)
    assert again(made).status == "review" and (child.pk, "family/review") in told(made)
    assert FamilyLink.objects.in_force(eighteen.date()).filter(case_number=made.number).exists()
    grown = make_user("grown", child)
    with pytest.raises(PermissionDenied):
        act(again(made).confirm, by=town.stranger, at=eighteen)
    confirmed = act(again(made).confirm, by=grown, at=eighteen + SECOND, agreed=[("relative", "kinship")])
    assert confirmed.status == "in_force" and confirmed.next_due_at is None


def test_under_fourteen_needs_a_separate_consent_and_at_fourteen_none(town):
    for serial, (born, wanted) in enumerate([(date(2012, 1, 6), {"guardian", "child_under_14"}), (date(2012, 1, 5), {"guardian"})]):
        child = make_person(f"周{serial}", born_on=born, serial=960 + serial)
        made = links.asked(town, at=JAN_5, other=child, relation="child", paper="birth_certificate")
        assert set(Consent.objects.filter(person=child).values_list("kind", flat=True)) == wanted
        assert act(made.accept, by=town.clerk, at=JAN_5).status == "in_force"


def test_without_the_separate_consent_a_young_child_is_not_registered(town):
    child = make_person("周小", born_on=date(2015, 6, 1), serial=941)
    made = links.draft(town, at=JAN_5, other=child, relation="child", paper="birth_certificate")
    act(made.submit, by=town.stranger, at=JAN_5, agreed=[("person", "kinship"), ("relative", "guardian")])
    with pytest.raises(Refused) as no:
        act(again(made).accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["child_consent_missing"]


def test_another_parent_of_the_child_is_asked_and_must_agree(town):
    made = links.asked(town, at=JAN_5, other=town.child_person, relation="child", paper="birth_certificate")
    assert made.guardian == town.lan_person and (town.lan_person.pk, "family/invite") in told(made)
    with pytest.raises(Refused) as no:
        act(made.accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["guardian_missing"]
    act(again(made).agree, by=town.lan, at=JAN_5, agreed=[("guardian", "guardian")])
    assert act(again(made).accept, by=town.clerk, at=JAN_5).status == "in_force"
    assert Consent.objects.filter(given_by=town.lan).get().person == town.child_person


def test_a_guardian_asks_for_her_child(town):
    made = open_link(town.child_person, by=town.lan, at=JAN_5, relation="parent", name=town.husband_person.name,
                     cert_number=town.husband_person.cert_number)
    assert made.agent == town.lan_person
    with pytest.raises(PermissionDenied):
        open_link(town.child_person, by=town.husband, at=JAN_5, relation="parent", name="x", cert_number="y")


def test_returned_withdrawn_and_sent_again(town):
    made = links.asked(town, at=JAN_5)
    made = act(made.return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=["household_register"], because="看不清")
    with pytest.raises(Refused) as no:
        send(made, by=town.stranger, at=JAN_5 + DAY)
    assert codes(no) == ["proof_missing"]
    documents.receive(made.docket, "household_register", photo("red"), by=town.stranger, at=JAN_5 + 2 * DAY)
    assert send(again(made), by=town.stranger, at=JAN_5 + 2 * DAY).status == "asked"
    assert act(again(made).withdraw, by=town.stranger, at=JAN_5 + 2 * DAY).status == "withdrawn"


def test_only_the_clock_lets_it_run_out_and_ends_it_by_death(town):
    for verb, made in (("expire", links.asked(town, at=JAN_5)),):
        with pytest.raises(PermissionDenied):
            act(getattr(made, verb), by=town.root, at=JAN_5)
        with pytest.raises(Refused):
            act(getattr(again(made), verb), by=CLOCK, at=JAN_5)
    assert {"end_by_death", "review"} <= {name for name in vars(Link)}


@pytest.mark.parametrize("who", ["stranger", "lan", "neighbour"])
def test_my_family_opens_in_a_constant_number_of_queries(town, who, django_assert_max_num_queries):
    links.asked(town, at=JAN_5)
    client = browser(getattr(town, who), "en")
    with django_assert_max_num_queries(32):
        assert client.get("/family/").status_code == 200
