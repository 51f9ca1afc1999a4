"""Drawing a paper may take half a minute; nobody waits for it, because nothing is locked meanwhile."""
import pytest
from django.db import transaction

from tests import filings
from tests.remote_care.walking import begin, browser, photo, post
from xinyijian.casework import documents
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Document

PROOF = "residence_proof"


@pytest.fixture
def unlocked(monkeypatch):
    """Notes for each drawing how many transactions are open around it."""
    depth, real = [], documents.draw

    def draw(*args):
        depth.append(len(transaction.get_connection().savepoint_ids))
        return real(*args)

    monkeypatch.setattr(documents, "draw", draw)
    return depth


def test_of_a_draft_and_of_a_promised_paper(town, unlocked):
    here = len(transaction.get_connection().savepoint_ids)
    lan = browser(town.lan, "en")
    filing = begin(lan, town.mother_person)
    post(lan, filing, "papers", file_identity_card=photo((3, 3, 3)))
    owing = filings.in_force(town, at=business_now(), person=town.lan_person)
    before = Document.objects.count()
    assert lan.post(f"/cases/{owing.number}/give_missing/", {"code": PROOF, "file": photo((5, 5, 5))}).status_code == 302
    assert Document.objects.count() == before + 1
    assert unlocked[-1] == unlocked[0] == here


def test_a_promised_paper_that_will_not_do_is_refused_in_words(town):
    lan = browser(town.lan, "en")
    owing = filings.in_force(town, at=business_now(), person=town.lan_person)
    answer = lan.post(f"/cases/{owing.number}/give_missing/", {"code": PROOF, "file": filings.SimpleUploadedFile("x.txt", b"no picture")})
    assert answer.status_code == 422 and "not a photo or a PDF" in answer.content.decode()
