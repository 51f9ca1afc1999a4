"""At the counter: found by the exact number, everything on record; four kinds of things are entered, and ended."""
import pytest

from family.models import Link
from tests.remote_care.walking import browser
from tests.town import JAN_1, YEAR_END, rate
from xinyijian.audit.models import Event
from xinyijian.people.models import Grant, MutualAid, Standing
from xinyijian.people.standing import SUBSYSTEM

pytestmark = pytest.mark.usefixtures("law")


def desk(client, person):
    answer = client.post("/family/counter/", {"cert_type": "01", "number": person.cert_number})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return answer.url


def named(other, **more):
    return {"name": other.name, "cert_type": "01", "cert_number": other.cert_number} | more


def test_somebody_is_found_by_her_whole_number_where_the_post_reaches_and_every_look_is_on_record(town):
    client = browser(town.counter, "en")
    assert client.get(desk(client, town.stranger_person)).status_code == 200
    elsewhere = client.post("/family/counter/", {"cert_type": "01", "number": town.neighbour_person.cert_number})
    assert "Nobody with this number" in elsewhere.content.decode()
    assert Event.objects.filter(verb="looked_up").count() == 2 and Event.objects.filter(verb="read", kind="people.Person").count() == 1


@pytest.mark.parametrize("who", ["hospital_a", "auditor", "lan", "banker", "security_admin"])
def test_the_counter_is_the_bureaus(town, who):
    assert browser(getattr(town, who)).get("/family/counter/").status_code == 403


def test_a_page_of_the_counter_is_nobody_elses(town):
    url = desk(browser(town.counter), town.stranger_person)
    assert browser(town.clerk).get(url).status_code == 404 and browser(town.counter).get(f"{url[:-2]}x/").status_code == 404


def test_a_link_leave_and_a_membership_are_entered_and_the_other_must_fit_by_both(town):
    client = browser(town.counter, "en")
    url = desk(client, town.stranger_person)
    link = client.post(f"{url}link/", named(town.neighbour_person, person=town.stranger_person.pk, relation="spouse"))
    assert link.status_code == 302 and Link.objects.get().channel == "counter"
    typed = named(town.husband_person, services=["remote_care"], until=f"{YEAR_END}", signed="on")
    wrong = client.post(f"{url}grant/", typed | {"name": "别人"})
    assert wrong.status_code == 422 and f'<a class="back" href="{url}">' in wrong.content.decode(), "whose page this is, and the way back"
    assert client.post(f"{url}grant/", typed).status_code == 302, "leave"
    assert Grant.objects.get(person=town.stranger_person).agent == town.husband_person
    assert client.post(f"{url}aid/", named(town.husband_person, holds="me", reference="paper 1", signed="on")).status_code == 302
    assert MutualAid.objects.get().holder == town.stranger_person


def test_staff_end_a_grade_that_was_kept_wrongly_and_nobody_ends_her_own(town):
    standing = rate(town.stranger_person, "good", source=SUBSYSTEM)
    door = f"/family/end/standing/{standing.pk}/"
    of_others = rate(town.stranger_person, "good")
    breach = rate(town.stranger_person, "breach", source=SUBSYSTEM)
    over = rate(town.stranger_person, "good", source=SUBSYSTEM, valid_until=JAN_1.date())
    for untouchable in (of_others, breach, over):
        assert browser(town.clerk).post(f"/family/end/standing/{untouchable.pk}/", {"because": "wrong"}).status_code == 404
    for user, status in ((town.stranger, 404), (town.counter, 403), (town.clerk, 302)):
        assert browser(user).post(door, {"because": "wrong"}).status_code == status, user
    assert Standing.objects.get(pk=standing.pk).valid_until < standing.valid_until
    assert Event.objects.get(kind="people.Standing", verb="end").data["because"] == "wrong"
    assert browser(town.clerk).post(door, {"because": "again"}).status_code == 404
