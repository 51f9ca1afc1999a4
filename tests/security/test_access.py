"""What somebody may not see looks like what is not there, in every state of a case, and looking moves nothing."""

import pytest

from remote_care.models import Filing
from tests.remote_care.walking import browser
from xinyijian.audit.models import Event
from xinyijian.casework.steps import steps_of

from . import addresses
from .asking import Asker
from .cast import HERS, SEEING, SOME, UNSEEING, a_draft, actors, again, in_force_with_a_gap, sent

__all__ = ["actors"]


@pytest.mark.req("S3.32")
@pytest.mark.parametrize(("state", "everybody"), [(in_force_with_a_gap, UNSEEING), (sent, SOME[:2]), (a_draft, SOME[2:])])
def test_to_whoever_may_not_see_it_a_case_looks_like_one_that_does_not_exist(actors, state, everybody):
    """To the last byte; the matrix asks every address, this every kind of person and of state."""
    filing = state(actors)
    real, nothing = f"/cases/{filing.number}/", f"/cases/{addresses.NO_NUMBER}/"
    for who in everybody:
        asker = Asker(getattr(actors, who))
        for page in ("", "cancel/", "receipt.pdf"):
            answer, none = asker.ask("GET", real + page), asker.ask("GET", nothing + page)
            assert (answer.status_code, answer.content, answer.headers) == (404, none.content, none.headers), (who, page)
        assert asker.ask("POST", f"{real}cancel/").status_code == 404, who
    assert again(filing).status == filing.status


def test_without_a_sign_in_there_is_only_the_door_and_nobody_has_read_anything(actors):
    filing, nobody = in_force_with_a_gap(actors), Asker()
    for real, _nothing in [*addresses.of_case(filing), *addresses.of_case_in_admin(filing)]:
        answer = nobody.ask("GET", real)
        assert answer.status_code == 302 and answer["Location"].startswith(("/sign-in/", "/admin/login/")), (real, answer.status_code)
    assert not Event.objects.filter(verb="read").exists()


@pytest.mark.parametrize(("who", "state"), [("root", in_force_with_a_gap), ("lan", a_draft)])
def test_whoever_may_see_it_opens_every_page_or_reads_why_not_and_looking_moves_nothing(actors, who, state):
    filing, user = state(actors), getattr(actors, who)
    asker, before = Asker(user), Event.objects.exclude(target="").count()
    for real, _nothing in [*addresses.of_case(filing), *(addresses.of_case_in_admin(filing)[::2] if user.is_superuser else ())]:
        answer = asker.ask("GET", real)
        assert answer.status_code in (200, 302, 403, 404, 409), (real, answer.status_code)
    assert Event.objects.exclude(target="").count() == before


def test_whoever_may_see_it_sees_it(actors):
    filing = sent(actors)
    for who in SEEING:
        user = getattr(actors, who)
        asker = Asker(user)
        assert asker.ask("GET", f"/cases/{filing.number}/").status_code == 200, who
        assert (asker.ask("GET", f"/admin/remote_care/filing/{filing.pk}/change/").status_code == 200) is user.is_staff, who


@pytest.mark.parametrize(("who", "may"), [("auditor", set()), ("counter", HERS), ("mother", HERS)])
def test_seeing_is_not_pressing(actors, who, may):
    """With everything typed that a step could ask; the matrix presses them empty."""
    filing, user = in_force_with_a_gap(actors), getattr(actors, who)
    client = browser(user)
    for verb in set(steps_of(Filing)) - may:
        doors = [f"/cases/{filing.number}/{verb}/", f"/admin/remote_care/filing/{filing.pk}/step/{verb}/"]
        for door in doors if user.is_staff else doors[:1]:
            assert client.post(door, {"because": "x", "number": "N0001"}).status_code == 403, door
    assert again(filing).status == filing.status
