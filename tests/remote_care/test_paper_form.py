"""The registration form on paper, and what to do when a stay was paid in full."""
from datetime import timedelta

import pypdfium2
import pytest

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian.audit.models import Event


def text_of(answer) -> str:
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))


@pytest.mark.req("S3.32")
def test_the_form_on_paper_is_empty_for_a_pen_or_filled_in_from_the_filing(town):
    filing = filings.draft(town, at=JAN_5, papers=filings.FULL)
    lan = browser(town.lan, "en")
    empty, filled = text_of(lan.get("/remote-care/form.pdf")), text_of(lan.get(f"/remote-care/filings/{filing.number}/form.pdf"))
    assert "Registration form for care elsewhere" in empty and "王桂英" not in empty
    assert all(words in filled for words in ("王桂英", filing.number, "广州市", "天河路 100 号 3 栋 402"))
    assert town.mother_person.cert_number not in filled, "the number stays masked"
    assert Event.objects.filter(verb="read", data__as="form", person_id=town.mother_person.pk).count() == 1
    seen = text_of(browser(town.auditor, "en").get(f"/remote-care/filings/{filing.number}/form.pdf"))
    assert filing.number in seen and not [words for words in ("王桂英", "李晓兰", "19900000001") if words in seen]
    assert browser(town.stranger).get(f"/remote-care/filings/{filing.number}/form.pdf").status_code == 404


@pytest.mark.req("S0.14", "S2.26")
def test_what_was_paid_in_full_is_reimbursed_at_home_and_the_page_says_how(town):
    stay = {"occasion": "paid", "care_hospital": "广州某医院", "admitted_on": (JAN_5 - timedelta(days=4)).date(),
            "discharge_at": JAN_5 - timedelta(days=1)}
    paid = filings.in_force(town, at=JAN_5, type="other_temporary", promise=False, **stay)
    page = browser(town.lan, "en").get(f"/remote-care/filings/{paid.number}/reimbursement/").content.decode()
    assert "original invoice" in page and "cannot be applied for on this portal yet" in page and "as at home" in page
    plain = filings.submitted(town, at=JAN_5, place_id="310100", papers=filings.FULL)
    assert browser(town.lan).get(f"/remote-care/filings/{plain.number}/reimbursement/").status_code == 404
    assert f"/remote-care/filings/{paid.number}/reimbursement/" in browser(town.lan).get(f"/cases/{paid.number}/").content.decode()
