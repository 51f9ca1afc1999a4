"""After a whole walk nobody's number, name or address stands in clear: not in any table, not in a log, not on a page for staff."""

import io
import logging
import re
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import override_settings

from remote_care.models import Filing
from tests import doors
from tests.law import lay
from tests.plugins.simulators import emptied, point_at
from tests.remote_care.walking import begin, browser, fill_in, photo, post, sign
from tests.town import PASSWORD, build
from xinyijian.casework import delivery, errands
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Notice
from xinyijian.casework.proofs import prove

ADDRESS, CONTACT, CONTACT_PHONE = "天河路 100 号 3 栋 402", "李晓兰", "19900000001"
HIDDEN_FROM_LOGS = ("天河路", "402 室", CONTACT, "王桂英", PASSWORD)


class Walk(SimpleNamespace):
    """What a whole walk left: town, filing, logged (all text of it), messages (what went over the operator's line)."""


@pytest.fixture(scope="module")
def walk(ground, simulator_process):
    """Signed in by password, filed for the mother, accepted with a gap, numbered, told, mended, verified."""
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
    yield
    root.setLevel(level)
    root.removeHandler(handler)


def walked():
    """The town, and the filing at the end of its walk."""
    town = build()
    lay()
    daughter = signed_in("lan")
    filing = begin(daughter, town.mother_person)
    fill_in(daughter, filing, papers=("identity_card",), today=f"{business_now():%Y-%m-%d}")
    sign(daughter, filing, "promise")
    post(daughter, filing, "check")
    clerk = signed_in("clerk")
    clerk.post("/desk/search/", {"q": town.mother_person.cert_number})
    clerk.get(f"/cases/{filing.number}/")
    assert clerk.post(f"/cases/{filing.number}/accept/").status_code == 302
    errands.run_due(business_now() + timedelta(minutes=5))
    delivery.send_due(business_now() + timedelta(minutes=5))
    answer = daughter.post(
        f"/cases/{filing.number}/give_missing/", {"code": "residence_proof", "file": photo((1, 2, 3), "李晓兰的居住证.jpg")}
    )
    assert answer.status_code == 302, answer.content.decode()
    clerk.post(f"/cases/{filing.number}/verify_gap/", {"code": "residence_proof"})
    browser(town.counter).post("/remote-care/counter/", {"cert_type": "01", "number": town.mother_person.cert_number})
    browser().post("/sign-in/", {"phone": town.lan_person.phone})
    browser().post("/sign-in/password/", {"username": town.lan_person.cert_number, "password": "wrong"})
    browser().post(f"/remote-care/filings/{filing.number}/contact/", {"contact_phone": CONTACT_PHONE})
    delivery.send_due(business_now() + timedelta(minutes=10))
    made = Filing.objects.get(pk=filing.pk)
    assert (made.status, made.gaps) == ("in_force", [])
    return town, made


def signed_in(username):
    """Through the door, as people come in."""
    client = browser()
    assert not doors.enter(client, username).url.startswith("/sign-in/")
    return client


def secrets_of(town) -> dict:
    """{text that must not stand anywhere in clear: whose}, of everybody in the town."""
    found = {CONTACT_PHONE: "contact", ADDRESS: "address", "天河路": "address", "李晓兰的居住证": "file name"}
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
    from django.contrib.sessions.models import Session

    return " ".join(str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.req("S0.80")
def test_no_table_and_no_session_holds_a_number_a_name_or_an_address_in_clear(town, walk):
    content = tables() | {"sessions, unpacked": sessions()}
    assert sum(map(len, content.values())) > 20_000 and content["remote_care_filing"] and content["sessions, unpacked"]
    staff = {"people_user"}  # user names of the town's people are words, not theirs
    found = [
        (table, text, whose)
        for table, rows in content.items()
        for text, whose in secrets_of(town).items()
        if text in rows and table not in staff
    ]
    assert not found
    assert prove(business_now()) == []


def test_no_log_names_anybody(town, walk):
    logged = walk.logged
    assert len(logged) > 200
    assert not [text for text in (*secrets_of(town), *HIDDEN_FROM_LOGS) if text in logged]
    assert not re.findall(r"(?<!\d)(?:[1-9]\d{16}[\dX]|1[3-9]\d{9})(?!\d)", logged)


def test_messages_name_nobody(town, walk):
    filing = walk.filing
    texts = [*Notice.objects.filter(docket=filing.docket_id).values_list("text", flat=True)]
    texts += walk.messages
    assert len(texts) >= 10
    people = secrets_of(town)
    assert not [(text, secret) for text in texts for secret in people if secret in text]


@pytest.mark.parametrize(
    "page",
    [
        "/cases/{number}/",
        "/cases/{number}/cancel/",
        "/desk/",
        "/desk/?show={number}",
        "/admin/remote_care/filing/",
        "/admin/remote_care/filing/{pk}/change/",
        "/admin/people/person/",
        "/admin/people/person/{person}/change/",
        "/admin/people/grant/",
        "/admin/audit/event/",
        "/admin/casework/notice/",
        "/admin/casework/document/",
    ],
)
def test_pages_for_staff_are_masked(town, walk, page):
    filing = walk.filing
    for user in (town.second_clerk, town.root):
        address = page.format(number=filing.number, pk=filing.pk, person=filing.person_id)
        answer = browser(user).get(address)
        if user == town.root or not page.startswith("/admin/"):
            assert answer.status_code == 200
        html = answer.content.decode()
        shown = [
            text
            for text in (filing.person.cert_number, filing.person.phone, filing.person.name, town.lan_person.cert_number)
            if text in html
        ]
        assert not shown, (address, shown)


def test_addresses_name_nobody(town, walk):
    """Numbers are posted, never asked for by address: those stand in logs and histories."""
    filing = walk.filing
    pages = [f"/cases/{filing.number}/", "/desk/", "/admin/people/person/", "/remote-care/counter/"]
    links = [link for page in pages for link in re.findall(r'(?:href|action|src)="([^"]*)"', browser(town.root).get(page).content.decode())]
    assert links and not [link for link in links if re.search(r"\d{17}[\dX]|(?<!\d)1[3-9]\d{9}(?!\d)", link)]
    assert not re.search(str(filing.person_id).zfill(8), filing.number)


def test_an_error_page_repeats_nothing_that_was_typed(town, walk):
    for answer in (browser(town.lan).get(f"/cases/{town.mother_person.cert_number}/"), browser(town.lan).get(f"/nothing/{CONTACT_PHONE}/")):
        assert answer.status_code == 404
        assert town.mother_person.cert_number not in answer.content.decode() and CONTACT_PHONE not in answer.content.decode()
