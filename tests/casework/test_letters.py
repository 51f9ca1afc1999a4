"""Numbered letters: which step leaves which, what they say, their numbers, and how anybody checks them."""
import hashlib
import io
import json
from datetime import timedelta

import pypdfium2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.letters import issued
from xinyijian.casework.letters.numbering import reserve
from xinyijian.casework.letters.proving import letters_are_as_issued, letters_have_no_gaps
from xinyijian.casework.models import Letter
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act, act_many

DAY = timedelta(days=1)


def text_of(letter, language="en") -> str:
    """What can be read on the sheet, without spaces and line ends."""
    with override(language):
        pdf = pypdfium2.PdfDocument(io.BytesIO(issued.pdf_of(letter)))
    return "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


def says(letter, *words, language="en"):
    text = text_of(letter, language)
    assert [word for word in words if "".join(str(word).split()) not in text] == []


def sent(town, serial):
    """Somebody's complete filing, sent over the counter."""
    return filings.submitted(town, at=JAN_5, person=make_person(serial=serial), by=town.counter, papers=filings.FULL)


@pytest.mark.req("S0.80", "S0.12")
def test_an_acceptance_with_a_gap_says_what_is_owed_until_when_and_what_else_will_do(town):
    filing = filings.accepted(town, at=JAN_5)
    letter = Letter.objects.get(docket=filing.docket)
    assert (letter.kind, letter.number) == ("gap", "青禾县医保容受〔2026〕1号")
    with override("en"):
        until = str(filing.gap_term(filing.params()))
    says(letter, letter.number, filing.number, "Proof of residence", "missing", until, "This will do as well", "Fingerprint", letter.code)
    assert filing.person.name not in letter.body and filing.person.cert_number not in letter.body


@pytest.mark.req("S3.24")
def test_a_refusal_says_every_reason_and_the_remedies_at_law(town):
    filing = act(sent(town, 700).refuse, by=town.clerk, at=JAN_5 + DAY, reasons=["illegible"], because="The scan is black.")
    letter = Letter.objects.get(docket=filing.docket)
    assert letter.kind == "not_accepted"
    says(letter, "The scan is black.", "A document cannot be read", "Within 60 days", "administrative reconsideration", "six months")


def test_what_is_missing_is_told_once_and_completely(town):
    filing = act(sent(town, 700).return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=["identity_card"], because="Too dark.")
    says(Letter.objects.get(docket=filing.docket, kind="told_once"), "Too dark.", "Identity card", "What we need from you")


def test_it_is_granted_with_the_number_and_ends_with_remedies_when_the_bureau_ends_it(town):
    filing = act(filings.in_force(town, at=JAN_5, papers=filings.FULL).end_early, by=town.officer, at=JAN_5 + DAY, because="Moved back.")
    accepted, granted, ended = Letter.objects.filter(docket=filing.docket).order_by("pk")
    assert [one.kind for one in (accepted, granted, ended)] == ["accepted", "granted", "ended"]
    says(granted, filing.platform_number)
    says(ended, "Moved back.", "Within 60 days")


def test_numbers_follow_each_other_and_what_was_refused_used_none(town):
    first, second = sent(town, 700), sent(town, 701)
    act(first.accept, by=town.clerk, at=JAN_5 + DAY)
    with pytest.raises(Refused):
        act(Filing.objects.get(pk=first.pk).accept, by=town.clerk, at=JAN_5 + DAY)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act(second.accept, by=town.clerk, at=JAN_5 + DAY)
        raise ZeroDivisionError  # whatever fails after it
    act(Filing.objects.get(pk=second.pk).accept, by=town.clerk, at=JAN_5 + DAY)
    assert list(Letter.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2]
    assert [found for look in (letters_have_no_gaps, letters_are_as_issued) for found in look(JAN_5) if isinstance(found, str)] == []
    reserve([("439901", "accepted")], JAN_5)
    assert [found for found in letters_have_no_gaps(JAN_5) if isinstance(found, str)]
    assert reserve([("439901", "accepted"), ("439902", "gap"), ("439901", "accepted")], JAN_5 + 400 * DAY) == [1, 1, 2]  # a new year


def test_a_letter_never_changes_and_prints_the_same_again(town):
    letter = Letter.objects.get(docket=filings.accepted(town, at=JAN_5).docket)
    assert hashlib.sha256(letter.body.encode()).hexdigest() == letter.sha256 and set(json.loads(letter.body)) == {"zh-hans", "en"}
    assert issued.pdf_of(letter) == issued.pdf_of(letter)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.update(number="x")


def test_a_batch_costs_as_many_queries_as_one(town):
    ids = [filings.accepted(town, at=JAN_5, person=make_person(serial=serial), by=town.counter, papers=filings.FULL).pk
           for serial in (700, 701, 702, 703)]

    def queries(some):
        with CaptureQueriesContext(connection) as seen:
            act_many(Filing.take_back, some, by=town.officer, at=JAN_5 + DAY, reasons=["illegible"], because="x")
        return len(seen)

    queries(ids[:1])  # who may do it is read once
    assert queries(ids[1:2]) == queries(ids[2:])


def test_she_opens_it_from_her_case_and_others_find_nothing(town):
    filing = filings.accepted(town, at=JAN_5)
    letter = Letter.objects.get(docket=filing.docket)
    page, pdf = f"/letters/{letter.uuid}/", f"/letters/{letter.uuid}.pdf"
    client = browser(town.lan, "en")
    assert page in client.get(f"/cases/{filing.number}/").content.decode()
    shown = client.get(page).content.decode()
    assert letter.number in shown and "<path transform" in shown and client.get(pdf).content.startswith(b"%PDF")
    assert Event.objects.filter(verb="read", data__letter="gap", by_id=town.lan.pk).count() == 2
    for user in (town.stranger, town.elsewhere):
        assert browser(user).get(page).status_code == browser(user).get(pdf).status_code == 404


def test_anybody_checks_it_by_its_code_and_is_told_nobodys_name(town):
    filing = act(filings.accepted(town, at=JAN_5).put_in_force, by=PLATFORM, at=JAN_5 + DAY, number="N1234")
    letter = Letter.objects.filter(docket=filing.docket).latest("pk")
    page = Client(headers={"accept-language": "en"}).get("/check/", {"code": letter.code}).content.decode()
    assert letter.number in page and letter.sha256[:16] in page
    assert filing.number not in page and filing.person.name not in page
