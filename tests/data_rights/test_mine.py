"""我的信息: what is kept about me, who looked, and the file to take along."""

import io
import json
import zipfile

import pytest

from data_rights import mine, section
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian import audit
from xinyijian.audit.models import Event
from xinyijian.people.models import Consent, Contact, MutualAid, Wishes


def page(user, path="", language="en"):
    answer = browser(user, language).get(f"/my-data/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_sees_what_is_kept_and_her_numbers_are_masked_until_she_asks(town):
    filing, person = filings.in_force(town, at=JAN_5), town.mother_person
    html = page(town.mother)
    assert person.name in html and person.masked_cert in html and filing.number in html and "Adult" not in html
    assert person.cert_number not in html and person.phone not in html
    html = browser(town.mother, "en").post("/my-data/").content.decode()
    assert person.cert_number in html and person.phone in html
    assert Event.objects.get(verb="reveal").person_id == person.pk


def test_nothing_of_her_relatives_is_in_clear(town):
    filings.in_force(town, at=JAN_5)
    shown = page(town.mother) + json.dumps(exported(town.mother)[1])
    assert town.lan_person.name not in shown.replace(filings.ANSWERS["contact_name"], "") or town.lan_person.masked_name in shown
    assert town.lan_person.cert_number not in shown and town.lan_person.phone not in shown


def test_she_sees_who_looked_and_why_but_no_name(town):
    filing = filings.submitted(town, at=JAN_5)
    browser(town.clerk).get(f"/cases/{filing.number}/")
    town.counter.display_name = "刘芳"
    town.counter.save(update_fields=["display_name"])
    wish = {"number": filing.number, "what": "phone", "reason": "reach", "because": "to ask for a sharper photo"}
    assert browser(town.counter).post("/desk/unmask/", wish).status_code == 200
    html = page(town.mother, "looked/")
    assert "opened: a case" in html and "saw in full: phone" in html and "to ask for a sharper photo" in html
    assert "clerk" in html and "bureau（演示）" in html and "刘芳" not in html and town.clerk.username + "<" not in html


def test_her_own_looks_are_no_looks(town):
    browser(town.mother).post("/my-data/export/")
    assert "Nobody has looked yet" in page(town.mother, "looked/")


def exported(user):
    answer = browser(user, "en").post("/my-data/export/")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["my-data.html", "my-data.json"]
        return archive.read("my-data.html").decode(), json.loads(archive.read("my-data.json"))


def test_the_export_has_everything_for_people_and_for_machines_and_is_on_record(town):
    filing = filings.in_force(town, at=JAN_5)
    Contact.objects.create(person=town.mother_person, kind="email", address="guiying@example.com", since=JAN_5)
    Wishes.objects.create(person=town.mother_person, first="email", without=["sms"])
    assert "guiying@" not in page(town.mother)
    readable, data = exported(town.mother)
    assert data["contacts"][0]["address"] == "guiying@example.com" and data["wishes"] == [{"first": "e-mail", "without": "text message"}]
    assert data["coverages"][0]["number"] == filing.number and data["phones"][0]["number"] == town.mother_person.phone
    assert data["person"]["cert_number"] == town.mother_person.cert_number and data["cases"][0]["number"] == filing.number
    everything = {"phones", "family_links", "grants", "mutual_aid", "separate_consents", "standings", "documents", "consents", "messages"}
    assert everything | {"looked", "letters", "sent"} <= set(data)
    letters = {row["letter"]: row for row in data["letters"]}
    assert set(letters) == set(filing.docket.letters.values_list("number", flat=True)) and len(letters) == 2
    assert all(row["content"]["zh-hans"]["number"] == number and number in readable for number, row in letters.items())
    assert town.mother_person.cert_number in readable and "<script" not in readable and "src=" not in readable
    event = Event.objects.get(verb="export")
    assert event.person_id == town.mother_person.pk and event.by_id == town.mother.pk


def test_an_export_is_made_by_a_press_only(town):
    assert browser(town.mother).get("/my-data/export/").url == "/my-data/"  # back, or a bookmark
    assert not Event.objects.filter(verb="export").exists()


@pytest.mark.parametrize("path", ["", "looked/", "export/", "correction/?field=phone", "review/?about=standing", "close/"])
def test_for_staff_and_strangers_there_is_no_such_page(town, client, path):
    for user in (town.clerk, town.root, town.auditor):
        assert browser(user).post(f"/my-data/{path}").status_code == 404
    assert client.get(f"/my-data/{path}").url.startswith("/sign-in/")


def test_the_page_costs_the_same_for_one_case_and_for_many(town, django_assert_max_num_queries):
    for _each in range(4):
        filings.draft(town, at=JAN_5)
    with django_assert_max_num_queries(18):
        assert all(section.cells() is not None for section in mine.sections_of(town.mother_person, masked=True))


def test_in_the_admin_nothing_is_seen_in_full(town):
    filing = filings.submitted(town, at=JAN_5)
    html = browser(town.officer).get(f"/admin/remote_care/filing/{filing.pk}/change/").content.decode()
    html += browser(town.officer).get(f"/cases/{filing.number}/").content.decode()
    assert filings.ANSWERS["contact_phone"] not in html and town.mother_person.phone not in html and town.mother_person.name not in html


def test_nothing_is_cut_off_in_the_file_and_the_screen_turns_pages(town, monkeypatch):
    monkeypatch.setattr(section, "SHOWN", 2)
    numbers = [filings.draft(town, at=JAN_5, papers=()).number for _each in range(5)]
    for _each in range(5):
        audit.record("people.Person", "read", by=town.clerk, at=JAN_5, person_id=town.mother_person.pk)
    data = exported(town.mother)[1]
    assert [row["number"] for row in data["cases"]] == numbers[::-1] and len(data["looked"]) == 5
    shown = [page(town.mother, f"?of=cases&page={turn}").count('data-word="Number">RC') for turn in (1, 2, 3)]
    assert shown == [2, 2, 1]
    first = page(town.mother, "looked/")
    assert first.count("opened: the record") == 2 and 'rel="next" href="?before=' in first


def test_her_mutual_aid_and_her_consents_are_hers_to_take_along(town):
    aid = {"since": JAN_5.date(), "source": "declared", "holder_agreed_at": JAN_5, "recorded_by": town.lan}
    MutualAid.objects.create(holder=town.lan_person, member=town.mother_person, **aid)
    given = {"version": "1", "sha256": "0" * 64, "how": "online", "given_by": town.mother, "at": JAN_5}
    Consent.objects.create(person=town.mother_person, kind="credit", **given)
    Consent.objects.create(person=town.lan_person, kind="kinship", **given)
    data = exported(town.mother)[1]
    assert [row["who"] for row in data["mutual_aid"]] == [f"{town.lan_person.masked_name} → {town.mother_person.masked_name}"]
    assert [(row["version"], row["sha256"]) for row in data["separate_consents"]] == [("1", "0" * 64)]
