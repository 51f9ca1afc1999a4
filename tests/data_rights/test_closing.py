"""注销账号: the sign-in closes; cases, insurance and the trail stay."""

import time

from data_rights.models import Correction
from tests import filings
from tests.remote_care.walking import browser
from tests.requests_of import correction
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.people import codes
from xinyijian.people.models import Person, Phone, User
from xinyijian.people.sign_in import FRESH


def test_she_is_told_what_stays_and_what_is_open_before_anything_happens(town):
    case = correction(town, at=JAN_5)
    html = browser(town.stranger, "en").get("/my-data/close/").content.decode()
    assert case.number in html and "These cases are still open" in html and "245" in html and "without an end" in html
    answer = browser(town.stranger, "en").post("/my-data/close/", {})
    assert answer.status_code == 422 and User.objects.get(pk=town.stranger.pk).is_active


def test_closing_ends_every_sign_in_and_nothing_else(town, client):
    case, phone = correction(town, at=JAN_5), town.stranger_person.phone
    here, elsewhere = browser(town.stranger, "en"), browser(town.stranger, "en")
    answer = here.post("/my-data/close/", {"understood": "on"})
    assert answer.url == "/my-data/closed/" and "Your sign-in is closed" in here.get(answer.url).content.decode()
    for device in (here, elsewhere):
        assert device.get("/my-data/").url.startswith("/sign-in/")
    assert not Phone.objects.filter(user=town.stranger).exists()
    assert not codes.users_with(Person.objects.get(pk=town.stranger_person.pk).phone_digest) and phone
    person = Person.objects.get(pk=town.stranger_person.pk)
    assert person.insutype == "390" and Correction.objects.get().status == "submitted" and Correction.objects.get().pk == case.pk
    event = Event.objects.get(kind="people.User", verb="close")
    assert (event.person_id, event.by_id, event.data) == (person.pk, town.stranger.pk, {"phones": 1})


def test_only_this_sign_in_closes_others_of_the_phone_stay(town):
    Phone.objects.create(user=town.mother, number=town.stranger_person.phone, verified_at=JAN_5)
    browser(town.stranger).post("/my-data/close/", {"understood": "on"})
    assert list(codes.users_with(town.stranger_person.phone_digest)) == [town.mother]


def test_the_desk_goes_on_with_her_open_case(town):
    filing = filings.submitted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    browser(town.stranger).post("/my-data/close/", {"understood": "on"})
    assert browser(town.clerk).get(f"/cases/{filing.number}/accept/").status_code == 200


def test_a_phone_left_lying_about_neither_closes_nor_exports_anything(town):
    client = browser(town.stranger)
    session = client.session
    session["entered_at"] = time.time() - FRESH
    session.save()
    for door in ("/my-data/close/", "/my-data/export/"):
        assert client.post(door, {"agree": "on"}).url.startswith("/sign-in/?next=/my-data/"), door
    town.stranger.refresh_from_db()
    assert town.stranger.is_active
