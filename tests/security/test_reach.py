"""Lists, searches, tables of the office, papers, and rights that end: what somebody may not see is not told anywhere."""

import re
from datetime import date

import pytest

from tests.remote_care.walking import browser
from tests.town import certificate, make_post, make_user
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Notice

from . import addresses
from .asking import Asker
from .cast import DAY, SEEING, UNSEEING, actors, in_force_with_a_gap, sent

__all__ = ["actors"]


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "hospital_a", "both_elsewhere"])
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


@pytest.mark.parametrize("address", addresses.DEMO)
def test_outside_demo_mode_the_demos_pages_do_not_exist(actors, settings, address):
    settings.DEMO = False
    for user in (None, actors.lan, actors.clerk, actors.root):
        client = browser(user)
        assert client.get(f"/{address}").status_code == client.post(f"/{address}", {"days": 1}).status_code == 404


def test_a_paper_is_seen_only_by_who_may_read_papers(actors):
    address = f"/documents/{sent(actors).docket.documents.get().uuid}/"
    codes = {who: Asker(getattr(actors, who)).ask("GET", address).status_code for who in (*SEEING, *UNSEEING)}
    assert codes == dict.fromkeys(SEEING, 200) | dict.fromkeys(UNSEEING, 404)


def test_a_grant_that_ends_while_she_is_signed_in_ends_her_sight_at_once(actors):
    filing = in_force_with_a_gap(actors)
    asker = Asker(actors.lan)
    assert asker.ask("GET", f"/cases/{filing.number}/").status_code == 200
    actors.mother_person.grants_given.filter(agent=actors.lan_person).update(revoked_at=business_now())
    for real, _nothing in addresses.of_case(filing)[::4]:
        assert asker.ask("GET", real).status_code == 404 and asker.ask("POST", real).status_code in (404, 405), real


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
