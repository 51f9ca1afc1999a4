"""Who may open what: every address that the portal knows, for everybody in the town, with GET and POST."""

import re
from datetime import date, timedelta
from itertools import product

import pytest

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, certificate, grant, make_person, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.casework import claims
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Notice
from xinyijian.casework.steps import steps_of

from . import addresses

DAY = timedelta(days=1)
UNSEEING = (
    "stranger",
    "neighbour",
    "jiangsu",
    "no_grant",
    "revoked",
    "expired",
    "other_service",
    "elsewhere",
    "jiangsu_clerk",
    "hospital_a",
    "hospital_b",
    "physician",
    "left",
    "both_elsewhere",
)
SOME = ("stranger", "expired", "elsewhere", "hospital_b")
SEEING = ("mother", "lan", "clerk", "second_clerk", "officer", "counter", "auditor", "root")
HERS = {"submit", "withdraw", "give_missing", "cancel"}


@pytest.fixture
def actors(town):
    """The town, and some whose right to look has ended or was another one."""
    town.no_grant = town.father
    ends = {"revoked": {"revoked_at": JAN_5 + DAY}, "expired": {"until": JAN_5 + DAY}, "other_service": {"scope": "priority_care"}}
    for serial, (name, end) in enumerate(ends.items(), 901):
        person = make_person(serial=serial)
        setattr(town, name, make_user(name, person))
        grant(town.mother_person, person, **end)
    town.left = make_user("left", is_staff=True)
    make_post(town.left, town.bureau, "clerk", until=JAN_5.date())
    town.both_elsewhere = make_user("both_elsewhere", is_staff=True)
    make_post(town.both_elsewhere, town.other_bureau, "officer")
    make_post(town.both_elsewhere, town.county_hospital, "insurance_office")
    return town


def a_draft(town):
    return again(filings.draft(town, at=JAN_5))


def sent(town):
    filing = filings.submitted(town, at=JAN_5)
    claims.take(filing.docket, by=town.clerk, at=JAN_5)
    return again(filing)


def in_force_with_a_gap(town):
    filing = filings.in_force(town, at=JAN_5)
    return again(filings.with_paper(filing, filing.owed[0], by=town.lan, at=JAN_5 + timedelta(hours=1)))


def again(filing):
    return Filing.objects.select_related("docket").get(pk=filing.pk)


class Compared:
    """Asks for something, and for the same of something that does not exist (once for everybody); gives both answers."""

    def __init__(self):
        self.known = {}

    def each(self, user, pairs, posts=True):
        client = browser(user)
        for (real, nothing), ask in product(pairs, (client.get, client.post) if posts else (client.get,)):
            key = nothing, ask.__name__, user.is_staff
            if key not in self.known:
                self.known[key] = ask(nothing)
            yield ask.__name__, real, ask(real), self.known[key]


def test_every_address_is_listed_and_every_listed_one_is_there():
    found, listed = addresses.routes(), addresses.LISTED
    assert not set(found) - set(listed), "decide who may see these and list them in addresses.py"
    assert not set(listed) - set(found), "these are gone"
    assert len(listed) == len(set(listed))


@pytest.mark.req("S3.32")
@pytest.mark.parametrize(("state", "everybody"), [(in_force_with_a_gap, UNSEEING), (sent, SOME[1:3]), (a_draft, SOME[1:3])])
def test_to_whoever_may_not_see_it_a_case_looks_like_one_that_does_not_exist(actors, state, everybody):
    filing = state(actors)
    pairs = addresses.of_case(filing)
    assert len(pairs) > 25
    compared = Compared()
    for who in everybody:
        for how, real, answer, none in compared.each(getattr(actors, who), pairs, posts=who in SOME):
            told = (who, how, real, answer.status_code)
            assert (answer.status_code, answer.content) == (none.status_code, none.content), told
            assert answer.status_code == 404 or (how == "post" and answer.status_code == 405), told  # 405: nobody may post there
    assert again(filing).status == filing.status


def test_nor_does_it_exist_in_the_admin(actors):
    filing = in_force_with_a_gap(actors)
    pairs = addresses.of_case_in_admin(filing)
    compared = Compared()
    for user in (actors.elsewhere, actors.hospital_a, actors.stranger):
        for how, real, answer, none in compared.each(user, pairs):
            told = (user.username, how, real, answer.status_code, none.status_code)
            assert (answer.status_code, answer.content) == (none.status_code, none.content), told
            short = user.is_staff and re.search(r"/\d+/$", real)  # goes on to …/change/ without a look at the row
            assert answer.status_code == 404 if user.is_staff and not short else answer.url.startswith("/admin/"), told
        for table in addresses.CASE_TABLES if user.is_staff else ():
            assert filing.number not in browser(user).get(f"/admin/{table}/").content.decode(), (user.username, table)


def test_without_a_sign_in_there_is_only_the_door(actors, client):
    filing = in_force_with_a_gap(actors)
    for real, _nothing in [*addresses.of_case(filing), *addresses.of_case_in_admin(filing)]:
        for ask in (client.get, client.post):
            answer = ask(real)
            assert answer.status_code == 302 and answer.url.startswith(("/sign-in/", "/admin/login/")), (real, answer.status_code)
    assert not Event.objects.filter(verb="read").exists()


@pytest.mark.parametrize(("who", "state"), [("root", in_force_with_a_gap), ("auditor", sent), ("lan", a_draft)])
def test_whoever_may_see_it_opens_every_page_or_reads_why_not_and_looking_moves_nothing(actors, who, state):
    filing, user = state(actors), getattr(actors, who)
    client, before = browser(user), Event.objects.exclude(target="").count()
    for real, _nothing in [*addresses.of_case(filing), *(addresses.of_case_in_admin(filing) if user.is_superuser else ())]:
        answer = client.get(real)
        assert answer.status_code in (200, 302, 403, 404, 409), (real, answer.status_code)
    assert Event.objects.exclude(target="").count() == before


@pytest.mark.parametrize("who", SEEING)
def test_whoever_may_see_it_sees_it(actors, who):
    filing, user = sent(actors), getattr(actors, who)
    client = browser(user)
    assert client.get(f"/cases/{filing.number}/").status_code == 200
    assert (client.get(f"/admin/remote_care/filing/{filing.pk}/change/").status_code == 200) is user.is_staff


@pytest.mark.parametrize(("who", "may"), [("auditor", set()), ("counter", HERS), ("mother", HERS), ("lan", HERS)])
def test_seeing_is_not_pressing(actors, who, may):
    filing, user = in_force_with_a_gap(actors), getattr(actors, who)
    client = browser(user)
    for verb in set(steps_of(Filing)) - may:
        doors = [f"/cases/{filing.number}/{verb}/", f"/admin/remote_care/filing/{filing.pk}/step/{verb}/"]
        for door in doors if user.is_staff else doors[:1]:
            assert client.post(door, {"because": "x", "number": "N0001"}).status_code == 403, door
    assert again(filing).status == filing.status


@pytest.mark.parametrize("who", ["stranger", "revoked", "elsewhere", "jiangsu_clerk", "hospital_a", "both_elsewhere"])
def test_no_list_and_no_search_tells_of_it(actors, who):
    filing, user = sent(actors), getattr(actors, who)
    client, number = browser(user), filing.number
    Notice.objects.filter(docket=filing.docket).update(state="failed")
    for page in ("/", "/cases/", "/messages/", "/desk/", "/desk/calls/", "/remote-care/filings/new/"):
        assert number not in client.get(page, follow=True).content.decode(), page
    assert client.get("/desk/", {"show": number}).status_code == 404
    for deed in ("take", "release", "hand_over"):
        assert client.post("/desk/claims/", {"number": number, "deed": deed}).status_code == 404
    for notice in Notice.objects.filter(docket=filing.docket):
        assert client.post("/desk/calls/", {"notice": notice.pk, "deed": "number"}).status_code == 404
    for wish in (number, filing.person.cert_number, filing.person.phone):
        answer = client.post("/desk/search/", {"q": wish})
        assert answer.status_code == (200 if user.is_staff else 404) and f"/cases/{number}/" not in answer.content.decode()


@pytest.mark.req("S3.31")
def test_at_another_countys_counter_her_certificate_finds_nobody_like_one_of_nobody(actors):
    client, bodies = browser(actors.elsewhere), []
    for number in (actors.mother_person.cert_number, certificate("439901", date(1950, 3, 8), 777)):
        answer = client.post("/remote-care/counter/", {"cert_type": "01", "number": number})
        assert answer.status_code == 200
        html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|<time.*?</time>', "", answer.content.decode())
        bodies.append(html.replace(number, "…"))
    assert bodies[0] == bodies[1]


def test_each_address_lets_in_whom_it_is_listed_for(actors):
    clients = [browser(user) for user in (None, actors.lan, actors.clerk)]
    for address in addresses.plain():
        let_in(address[1:], *(client.get(address) for client in clients))


def let_in(route, anonymous, patient, clerk):
    """What each of the three got is what the list says."""
    if route in addresses.PUBLIC or route in addresses.DEMO[:2]:
        assert anonymous.status_code in (200, 302, 405, 503), (route, anonymous.status_code)
    elif route in addresses.SIGNATURE:
        assert {answer.status_code for answer in (anonymous, patient, clerk)} <= {401, 405}, route
    elif route in addresses.ADMIN_DOOR:
        assert anonymous.status_code in (302, 405), (route, anonymous.status_code)
    else:
        assert anonymous.status_code == 302 and anonymous.url.startswith(("/sign-in/", "/admin/login/")), (route, anonymous.status_code)
    if route in addresses.STAFF:
        assert patient.status_code == 404 and clerk.status_code in (200, 302, 405), (route, patient.status_code, clerk.status_code)
    if route in (*addresses.ADMIN_SITE, *addresses.ADMIN_LISTS):
        assert patient.status_code == 302 and patient.url.startswith("/admin/login/"), (route, patient.status_code)


@pytest.mark.parametrize("address", addresses.DEMO)
def test_outside_demo_mode_the_demos_pages_do_not_exist(actors, settings, address):
    settings.DEMO = False
    for user in (None, actors.lan, actors.clerk, actors.root):
        client = browser(user)
        assert client.get(f"/{address}").status_code == client.post(f"/{address}", {"days": 1}).status_code == 404


def test_tables_of_the_office_are_closed_to_hospitals_and_to_those_who_left(actors):
    for who in ("hospital_a", "physician", "left"):
        client = browser(getattr(actors, who))
        for table, page in product(addresses.OFFICE_TABLES, ("", "add/")):
            assert client.get(f"/admin/{table}/{page}").status_code in (403, 404), (who, table, page)
    for table in addresses.OFFICE_TABLES:
        assert browser(actors.clerk).post(f"/admin/{table}/add/", {}).status_code == 403, table


def test_people_of_another_county_do_not_exist_in_the_admin(actors):
    client, link = browser(actors.elsewhere), actors.lan_person.links.first()
    rows = {
        "person": actors.mother_person.pk,
        "grant": actors.mother_person.grants_given.first().pk,
        "familylink": link.pk,
        "standing": actors.lan_person.standings.get().pk,
    }
    for table, pk in rows.items():
        for page in ("change/", "history/", "delete/"):
            answer, none = (client.get(f"/admin/people/{table}/{one}/{page}") for one in (pk, addresses.NO_PK))
            assert (answer.status_code, answer.content) == (404, none.content), (table, page, answer.status_code)


def test_a_paper_is_seen_only_by_who_may_read_papers(actors):
    address = f"/documents/{sent(actors).docket.documents.get().uuid}/"
    codes = {who: browser(getattr(actors, who)).get(address).status_code for who in (*SEEING, *UNSEEING)}
    assert codes == dict.fromkeys(SEEING, 200) | dict.fromkeys(UNSEEING, 404)


def test_a_grant_that_ends_while_she_is_signed_in_ends_her_sight_at_once(actors):
    filing = in_force_with_a_gap(actors)
    client = browser(actors.lan)
    assert client.get(f"/cases/{filing.number}/").status_code == 200
    actors.mother_person.grants_given.filter(agent=actors.lan_person).update(revoked_at=business_now())
    for real, _nothing in addresses.of_case(filing):
        assert client.get(real).status_code == 404 and client.post(real).status_code in (404, 405), real


def test_whoever_is_no_longer_active_is_nobody(actors):
    filing = sent(actors)
    for who in ("clerk", "lan", "root"):
        user = getattr(actors, who)
        client = browser(user)
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        assert client.get(f"/cases/{filing.number}/").url.startswith("/sign-in/")


def test_a_post_that_begins_in_two_days_opens_nothing_today(actors):
    new = make_user("new", is_staff=True)
    make_post(new, actors.bureau, "clerk", since=(business_now() + 2 * DAY).date())
    assert browser(new).get(f"/cases/{sent(actors).number}/").status_code == 404
