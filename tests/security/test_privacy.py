"""After a day of everything nobody's number, name or address stands in clear: in no table, log, message or page for staff."""

import io
import logging
import re
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import override_settings

from family import aids
from remote_care.models import Filing
from tests import doors, requests_of
from tests.connect.conftest import machine_of
from tests.connect.test_filings import opened
from tests.family import links
from tests.hospital import desk
from tests.hospital.test_downtime import entered
from tests.law import lay
from tests.plugins.simulators import emptied, point_at
from tests.remote_care.walking import begin, browser, fill_in, photo, post, sign
from tests.town import PASSWORD, build
from xinyijian.casework import delivery, errands
from xinyijian.casework.api import limits
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Notice
from xinyijian.casework.proofs import prove
from xinyijian.connect import authentication
from xinyijian.people import second_factor
from xinyijian.people.closing import close_sign_in
from xinyijian.people.models import Contact

ADDRESS, CONTACT, CONTACT_PHONE = "天河路 100 号 3 栋 402", "李晓兰", "19900000001"
NEW_ADDRESS, PRIVATE_WORD, MAILBOX = "示例大道 9 号", "server room without power", "lan.of.the.tests@demo.invalid"
HIDDEN_FROM_LOGS = ("天河路", "402 室", CONTACT, "王桂英", PASSWORD)
# Which hold no words of people, or are filled by nobody here: a new table is one more place to look into, or stands here.
NOTHING_TOLD = {
    "auth_group", "auth_group_permissions", "people_user_groups", "people_user_user_permissions", "django_admin_log",
    "audit_seal", "people_binding", "people_platformkey", "policies_change",
    "axes_accesslog", "axes_accessfailurelog", "axes_accessattemptexpiration", "oauth2_provider_devicegrant", "oauth2_provider_grant",
    "oauth2_provider_idtoken", "oauth2_provider_refreshtoken", "casework_erasedpages", "casework_democlock", "casework_aim",
    "casework_breach", "casework_sentback", "casework_savedview", "casework_standin", "casework_bulkact", "people_kiosk",
}


class Walk(SimpleNamespace):
    """What the day left: town, filing (in force without a gap), logged (all text of it), messages (what went over the operator's line)."""


@pytest.fixture(scope="module")
def walk(ground, simulator_process):
    """The whole day, once for all tests of this module."""
    there, said = SimpleNamespace(QUIET_HOURS=False), io.StringIO()
    point_at(there, simulator_process)
    emptied(simulator_process)
    with ground(), override_settings(**vars(there)), listening(said), redirect_stdout(said), redirect_stderr(said):
        town, filing = walked()
    messages = [message["text"] for message in simulator_process.messages()]
    return Walk(town=town, filing=filing, logged=said.getvalue(), messages=messages)


@pytest.fixture
def town(walk, db):
    return walk.town


@contextmanager
def listening(stream):
    """Everything that any logger says."""
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:  # a day that fails must not leave every later test loud
        root.setLevel(level)
        root.removeHandler(handler)


def walked():
    """The town, and the filing at the end of the day."""
    town = build()
    lay()
    filing = filed(town)
    everything_else(town)
    errands.run_due(business_now() + timedelta(minutes=10))
    delivery.send_due(business_now() + timedelta(minutes=10))
    made = Filing.objects.get(pk=filing.pk)
    assert (made.status, made.gaps) == ("in_force", [])
    return town, made


def filed(town):
    """Signed in by password, filed for the mother, accepted with a gap, numbered, told, mended, verified."""
    daughter = signed_in("lan")
    filing = begin(daughter, town.mother_person)
    fill_in(daughter, filing, papers=("identity_card",), today=f"{day_of(business_now())}")
    sign(daughter, filing, "promise")
    post(daughter, filing, "check")
    clerk = signed_in("clerk")
    clerk.post("/desk/search/", {"q": town.mother_person.cert_number})
    clerk.post("/desk/claims/", {"number": filing.number, "deed": "take"})
    assert clerk.post(f"/cases/{filing.number}/accept/").status_code == 302
    errands.run_due(business_now() + timedelta(minutes=5))
    delivery.send_due(business_now() + timedelta(minutes=5))
    answer = daughter.post(
        f"/cases/{filing.number}/give_missing/", {"code": "residence_proof", "file": photo((1, 2, 3), "李晓兰的居住证.jpg")}
    )
    assert answer.status_code == 302, answer.content.decode()
    clerk.post(f"/cases/{filing.number}/verify_gap/", {"code": "residence_proof"})
    daughter.post("/my-data/export/")
    daughter.post("/reach/", {"deed": "wish", "first": "email"})
    daughter.post("/reach/", {"deed": "email", "address": MAILBOX})
    Contact.objects.create(person=town.lan_person, kind="email", address=MAILBOX, since=business_now())
    return filing


def everything_else(town):
    """At the doors, in the family, about one's data, at the counter, in the hospitals, by machine and in the auditor's room."""
    at, mother = business_now(), town.mother_person
    typed = {"cert_type": "01", "number": mother.cert_number}
    browser(town.counter).post("/remote-care/counter/", typed)
    browser(town.counter).post("/family/counter/", typed)
    browser().post("/sign-in/", {"phone": town.lan_person.phone})
    browser().post("/sign-in/password/", {"username": town.lan_person.cert_number, "password": "wrong"})
    browser().post("/register/", {"name": mother.name, "cert_type": "01", "cert_number": mother.cert_number, "phone": mother.phone})
    links.in_force(town, at=at)
    aids.declare(mother, town.lan_person, by=town.mother, at=at)
    requests_of.correction(town, at=at, wanted=NEW_ADDRESS, paper=True)
    requests_of.review(town, at=at)
    close_sign_in(town.father, at=at)
    requests_of.reopening(town, at=at, person=town.father_person)
    entered(town, person=town.neighbour_person)
    desk.check(browser(town.hospital_a), mother)
    limits.forget()
    authentication.forget()
    machine = machine_of(town.hospital_admin, town.county_hospital)
    machine.post("eligibility/", {"psn_cert_type": "01", "certno": mother.cert_number, "psn_name": mother.name, "purpose": "admission"})
    opened(machine, town.father_person.psn_no)
    browser(town.auditor).post("/oversight/", {"since": f"{day_of(at)}", "until": f"{day_of(at)}", "certificate": mother.cert_number})
    browser(town.auditor).post("/oversight/proof/", {"first": 1, "last": 1})
    second_factor.new_backup_codes(town.clerk)


def signed_in(username):
    """Through the door, as people come in."""
    client = browser()
    assert not doors.enter(client, username).url.startswith("/sign-in/")
    return client


def secrets_of(town) -> dict:
    """{text that must not stand anywhere in clear: whose}, of everybody in the town."""
    found = {NEW_ADDRESS: "address wished for", PRIVATE_WORD: "a word on a sheet", MAILBOX: "e-mail", CONTACT_PHONE: "contact"}
    found |= {ADDRESS: "address", "天河路": "address", "李晓兰的居住证": "file name"}
    for name, person in vars(town).items():
        if name.endswith("_person"):
            found |= {person.cert_number: name, person.phone: name, person.name: name, person.cert_number[:17]: name}
    return found


def tables() -> dict:
    """{table: its content as text} of every table, session data unpacked."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            out = io.StringIO()
            cursor.copy_expert(f'COPY (SELECT * FROM "{name}") TO STDOUT', out)
            found[name] = out.getvalue()
    return found


def sessions() -> str:
    return " ".join(str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.req("S0.80")
def test_no_table_session_log_or_message_holds_a_number_a_name_or_an_address_in_clear(town, walk):
    logged = walk.logged
    content = tables()
    empty = {name for name, rows in content.items() if not rows}
    assert not empty ^ NOTHING_TOLD, (sorted(empty ^ NOTHING_TOLD), "let somebody fill it in everything_else()")
    content["sessions, unpacked"] = sessions()
    secrets = secrets_of(town)
    staff = {"people_user"}  # user names of the town's people are words, not theirs
    assert not [(table, text, whose) for table, rows in content.items() for text, whose in secrets.items()
                if text in rows and table not in staff]
    assert len(logged) > 200 and not [text for text in (*secrets, *HIDDEN_FROM_LOGS) if text in logged]
    assert not re.findall(r"(?<!\d)(?:[1-9]\d{16}[\dX]|1[3-9]\d{9})(?!\d)", logged)
    texts = [*Notice.objects.values_list("text", flat=True), *walk.messages]
    assert len(texts) >= 10 and not [(text, secret) for text in texts for secret in secrets if secret in text]
    assert prove(business_now()) == []


STAFF_PAGES = ("/cases/{number}/", "/cases/{number}/cancel/", "/desk/", "/desk/?show={number}", "/desk/reached/", "/oversight/")
ADMIN_PAGES = ("remote_care/filing/", "remote_care/filing/{pk}/change/", "people/person/", "people/person/{person}/change/",
               "people/grant/", "people/mutualaid/", "people/consent/", "family/link/", "data_rights/correction/", "data_rights/review/",
               "audit/event/", "casework/notice/", "casework/document/")


def test_no_page_for_staff_and_no_address_and_no_error_names_anybody(town, walk):
    """Numbers are posted, never asked for by address: those stand in logs and histories."""
    filing = walk.filing
    secrets = [getattr(town, f"{who}_person") for who in ("mother", "lan", "stranger", "neighbour")]
    secrets = [text for one in secrets for text in (one.cert_number, one.phone, one.name)]
    asked = [(user, page) for user in (town.second_clerk, town.root) for page in STAFF_PAGES]
    for user, page in [*asked, *((town.root, f"/admin/{page}") for page in ADMIN_PAGES)]:
        address = page.format(number=filing.number, pk=filing.pk, person=filing.person_id)
        answer = browser(user).get(address)
        assert answer.status_code == 200 or (page, user) == ("/oversight/", town.second_clerk), address
        html = answer.content.decode()
        assert not [text for text in secrets if text in html], address
        links_there = re.findall(r'(?:href|action|src)="([^"]*)"', html)
        links_there = [link for link in links_there if not link.startswith("tel:")]  # the counter's own phone
        assert not [link for link in links_there if re.search(r"\d{17}[\dX]|(?<!\d)1[3-9]\d{9}(?!\d)", link)], address
    assert not re.search(str(filing.person_id).zfill(8), filing.number)
    for typed in (f"/cases/{town.mother_person.cert_number}/", f"/nothing/{CONTACT_PHONE}/"):
        answer = browser(town.lan).get(typed)
        assert answer.status_code == 404 and typed.split("/")[2] not in answer.content.decode()
