"""Another language or print size in the middle of a form, without a script: nothing that was typed is lost."""
import pytest
from django.test import Client
from django.utils import timezone

from remote_care.models import Filing
from xinyijian.people.models import User

from ..filings import draft
from ..law import law

__all__ = ["law"]
TYPED = {"contact_name": "李晓", "contact_phone": "1990000", "remote_address": "示例大道 12 号"}  # half a number
REGISTERING = {"name": "吴春", "cert_type": "99", "cert_number": "4399"}


def pressed(client, address, wish, typed, **more):
    return client.post(address, typed | {"switch": wish}, **more)


@pytest.fixture
def contact(town, law, client):
    """The page of a draft that somebody is filling in."""
    client.force_login(town.lan)
    return f"/remote-care/filings/{draft(town, at=timezone.now(), contact_phone='').number}/contact/"


def test_a_form_comes_back_in_the_other_language_as_it_was_typed_and_unchecked(client, contact):
    answer = pressed(client, contact, "language=en", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Language"] == "en" and '<html lang="en"' in page
    assert all(text in page for text in TYPED.values())
    assert 'aria-invalid="true"' not in page and "error-summary" not in page
    assert client.cookies["language"].value == "en" and User.objects.get(username="lan").language == "en"


def test_large_print_keeps_what_was_typed_and_what_was_ticked(client, town, law):
    client.force_login(town.stranger)
    answer = pressed(client, "/remote-care/filings/new/", "elder=on", {"person": str(town.stranger_person.pk)})
    page = answer.content.decode()
    assert 'class="patient elder size-22"' in page and " checked" in page
    assert not Filing.objects.filter(person=town.stranger_person).exists()  # it asks for the page and does nothing


def test_at_the_desk_what_an_officer_writes_about_a_false_paper_stays(client, town, law):
    client.force_login(town.officer)
    page = pressed(client, "/desk/breaches/", "language=en", {"number": "RC4399", "because": "印章系伪造"}).content.decode()
    assert "印章系伪造" in page and 'value="RC4399"' in page and 'form="typed"' in page


def test_it_holds_for_whoever_is_not_signed_in(client, db):
    page = pressed(client, "/register/", "elder=on", REGISTERING).content.decode()
    assert all(f'value="{text}"' in page for text in ("吴春", "4399"))


def test_a_password_is_never_sent_back(client, db):
    page = pressed(client, "/sign-in/password/", "language=en", {"username": "lan", "password": "open sesame"}).content.decode()
    assert 'value="lan"' in page and "open sesame" not in page


def test_a_form_from_elsewhere_switches_nothing(db):
    answer = pressed(Client(enforce_csrf_checks=True), "/register/", "language=en", REGISTERING)
    assert answer.status_code == 403 and "language" not in answer.cookies


def test_on_a_page_of_a_form_the_switches_belong_to_it_and_enter_still_sends_it(client, contact):
    page = client.get(contact).content.decode()
    enter, switch, form = map(page.index, ('<button class="visually-hidden" form="typed"', "formenctype", '<form id="typed"'))
    assert enter < switch < form
    assert 'class="switches" method="post" action="/preferences/"' in client.get("/messages/").content.decode()
