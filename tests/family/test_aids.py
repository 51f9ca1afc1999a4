"""Mutual-aid membership: its own dated link, agreed to by both, ended by either, never derived from kinship."""
import pytest
from django.core.exceptions import ValidationError

from family import aids
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.people.consents import text_of
from xinyijian.people.models import Consent, MutualAid, Person
from xinyijian.people.mutual_aid import bound_among

pytestmark = pytest.mark.usefixtures("law")


def bound(town):
    return bool(bound_among({(town.lan_person.pk, town.husband_person.pk)}, JAN_5.date()))


@pytest.mark.req("S3.9")
def test_it_counts_when_the_second_has_agreed(town):
    assert not bound(town)  # although they are married
    aid = aids.declare(town.lan_person, town.husband_person, by=town.lan, at=JAN_5)
    assert not bound(town)
    assert not aids.agree(aid, by=town.lan, at=JAN_5)  # her own part twice
    assert not bound(town)
    assert aids.agree(aid, by=town.husband, at=JAN_5) and bound(town)
    assert Consent.objects.filter(kind="mutual_aid").count() == 2


def test_there_is_one_of_it_at_a_time(town):
    aids.declare(town.lan_person, town.husband_person, by=town.lan, at=JAN_5)
    with pytest.raises(ValidationError):
        aids.declare(town.lan_person, town.husband_person, by=town.husband, at=JAN_5)


def test_from_a_paper_it_counts_at_once_and_says_so(town):
    aid = aids.enter(town.lan_person, town.stranger_person, "paper 7", by=town.counter, at=JAN_5)
    kept = Consent.objects.filter(kind="mutual_aid", how="paper", given_by=town.counter, reference=f"mutual aid {aid.pk}")
    assert set(kept.values_list("person", "sha256")) == {
        (one.pk, text_of("mutual_aid").sha256) for one in (town.lan_person, town.stranger_person)}
    assert aid.source == "paper" and MutualAid.objects.in_force(JAN_5.date()).filter(pk=aid.pk).exists()


def test_a_clerk_enters_nothing_of_her_own_and_every_reason_is_said(town):
    town.counter.person = town.lan_person
    Person.objects.filter(pk=town.husband_person.pk).update(died_on=JAN_5.date())
    town.husband_person.refresh_from_db()
    with pytest.raises(ValidationError) as no:
        aids.enter(town.lan_person, town.husband_person, "paper 7", by=town.counter, at=JAN_5)
    assert len(no.value.messages) == 2 and not MutualAid.objects.exists() and not Consent.objects.exists()


@pytest.mark.parametrize("who", ["lan", "husband", "counter"])
def test_either_side_or_the_counter_ends_it(town, who):
    aid = aids.enter(town.lan_person, town.husband_person, "paper 7", by=town.counter, at=JAN_5)
    assert browser(getattr(town, who)).post(f"/family/end/aid/{aid.pk}/", {"because": "other"}).status_code == 302
    aid.refresh_from_db()
    assert aid.until is not None and Event.objects.filter(kind="people.MutualAid", verb="end").count() == 1


def test_strangers_neither_agree_nor_end_it(town):
    aid = aids.declare(town.lan_person, town.husband_person, by=town.lan, at=JAN_5)
    for user in (town.stranger, town.clerk):
        assert browser(user).post(f"/family/mutual-aid/{aid.pk}/agree/").status_code == 404
    assert browser(town.elsewhere).post(f"/family/end/aid/{aid.pk}/", {"because": "other"}).status_code == 404


def test_declared_and_agreed_on_the_pages(town):
    lan, husband = browser(town.lan, "en"), browser(town.husband, "en")
    key = str(lan.get("/family/mutual-aid/new/").context["form"]["key"].value())
    typed = {"other": town.husband_person.pk, "holds": "me", "agree": "on", "key": key}
    assert [lan.post("/family/mutual-aid/new/", typed).status_code for _n in range(2)] == [302, 302]
    aid = MutualAid.objects.get()
    assert "waiting for you to agree" in husband.get("/family/").content.decode()
    assert husband.get(f"/family/mutual-aid/{aid.pk}/agree/").status_code == 200
    assert husband.post(f"/family/mutual-aid/{aid.pk}/agree/").status_code == 422 and not MutualAid.objects.get().member_agreed_at
    assert husband.post(f"/family/mutual-aid/{aid.pk}/agree/", {"agree": "on"}).status_code == 302
    assert MutualAid.objects.get().member_agreed_at
