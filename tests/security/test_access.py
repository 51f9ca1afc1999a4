"""Who may open what: every address that the portal knows, for everybody in the town, with GET and POST."""

import re
from itertools import product

import pytest

from remote_care.models import Filing
from tests.remote_care.walking import browser
from xinyijian.audit.models import Event
from xinyijian.casework.steps import steps_of

from . import addresses
from .cast import HERS, SEEING, SOME, UNSEEING, a_draft, actors, again, in_force_with_a_gap, sent

__all__ = ["actors"]


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
@pytest.mark.parametrize(("state", "everybody"), [(in_force_with_a_gap, UNSEEING), (sent, SOME[:2]), (a_draft, SOME[2:])])
def test_to_whoever_may_not_see_it_a_case_looks_like_one_that_does_not_exist(actors, state, everybody):
    filing = state(actors)
    pairs = addresses.of_case(filing)
    assert len(pairs) > 25
    compared = Compared()
    for who in everybody:
        for how, real, answer, none in compared.each(
            getattr(actors, who), pairs if who in SOME else pairs[::3], posts=len(everybody) > 2 and who in SOME
        ):
            told = (who, how, real, answer.status_code)
            assert (answer.status_code, answer.content) == (none.status_code, none.content), told
            assert answer.status_code == 404 or (how == "post" and answer.status_code == 405), told  # 405: nobody may post there
    assert again(filing).status == filing.status


def test_nor_does_it_exist_in_the_admin(actors):
    filing = in_force_with_a_gap(actors)
    pairs = addresses.of_case_in_admin(filing)
    compared = Compared()
    for user, some in ((actors.elsewhere, pairs), (actors.hospital_a, pairs[::3]), (actors.stranger, pairs[::5])):
        for how, real, answer, none in compared.each(user, some):
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
