"""Papers: what is asked and why, given ones stay, what will not do is said in words, nobody is asked twice, and a returned filing."""
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import ADDRESS, begin, browser, get, hidden, photo, post, url
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Document
from xinyijian.casework.workflow import act


@pytest.fixture
def lan(town):
    return browser(town.lan, "en")


@pytest.fixture
def filing(town, lan):
    return begin(lan, town.mother_person)


@pytest.mark.req("S3.14", "S0.15")
def test_the_list_says_what_why_what_else_and_what_may_follow(lan, filing):
    html = get(lan, filing, "papers")
    assert html.index("identity card") < html.index("proof of residence"), "principal papers come first"
    assert "right person" in html and "really live there" in html and "registered lease" in html
    assert "may follow later" in html and "needed" in html


def test_several_papers_at_once_and_what_will_not_do_stops_only_itself(lan, filing):
    broken = SimpleUploadedFile("x.txt", b"no picture at all")
    answer = post(lan, filing, "papers", 422, file_identity_card=photo(), file_residence_proof=broken)
    html = answer.content.decode()
    assert "proof of residence: This is not a photo or a PDF" in html.replace("</a>", "") and "Received: identity card" in html
    assert list(Document.objects.values_list("kind", flat=True)) == ["identity_card"]


def test_a_file_that_was_chosen_goes_along_with_continue_and_with_leave(lan, filing):
    post(lan, filing, "papers", file_identity_card=photo(), leave="1")
    post(lan, filing, "papers", file_residence_proof=photo((1, 1, 1)), kind_residence_proof="lease")
    assert set(Document.objects.values_list("kind", flat=True)) == {"identity_card", "lease"}
    html = get(lan, filing, "papers")
    assert html.count("gap-item done") == 2 and "Replace it" in html and "Given: registered lease" in html


def test_a_paper_can_be_replaced(lan, filing):
    for n in (1, 2):
        post(lan, filing, "papers", send="identity_card", file_identity_card=photo((n, n, n)))
    newest = Document.objects.latest("pk")
    assert f"/documents/{newest.uuid}/" in get(lan, filing, "papers") and Document.objects.count() == 2


def test_a_paper_of_an_earlier_case_is_offered_and_taken_without_sending_it_again(town, lan, filing):
    earlier = filings.draft(town, at=business_now() - timedelta(days=9), papers=("identity_card",))
    assert "Use the identity card you gave on" in get(lan, filing, "papers")
    post(lan, filing, "papers", reuse="identity_card")
    paper = Document.objects.get(docket=filing.docket)
    assert paper.reused_from == Document.objects.get(docket=earlier.docket) and paper.kind == "identity_card"


def test_somebody_elses_paper_is_never_offered(town, lan, filing):
    filings.draft(town, at=business_now(), person=town.lan_person, papers=("identity_card",))
    assert "you gave on" not in get(lan, filing, "papers")
    post(lan, filing, "papers", 404, reuse="identity_card")


@pytest.mark.req("S3.24")
def test_a_returned_filing_shows_the_remark_and_asks_for_the_paper_again(town, lan):
    at = business_now() - timedelta(days=1)
    filing = filings.submitted(town, at=at, papers=("identity_card", "residence_proof"))
    act(filing.return_to_applicant, by=town.clerk, at=at + timedelta(hours=1), redo=["residence_proof"], because="照片看不清")
    assert lan.get(f"/remote-care/filings/{filing.number}/").url == url(filing, "papers"), "straight to what is asked for again"
    for page in ("check", "where", "papers"):
        html = get(lan, filing, page)
        assert "照片看不清" in html and "proof of residence" in html
    html = get(lan, filing, "papers")
    assert "give this again" in html and "please give it again" in html and html.count("照片看不清") == 2, "once more beside the paper"
    assert "To be given again: proof of residence" in get(lan, filing, "check") and "may not follow later" not in get(lan, filing, "check")
    same = filings.photo()
    assert "very file that you gave before" in post(lan, filing, "papers", 422, file_residence_proof=same).content.decode()
    post(lan, filing, "papers", send="residence_proof", file_residence_proof=photo((7, 7, 7)))
    assert "give this again" not in get(lan, filing, "papers")


def test_a_returned_filing_is_sent_again(town, lan):
    at = business_now() - timedelta(days=1)
    filing = filings.submitted(town, at=at, papers=filings.FULL, start_on=day_of(at) + timedelta(days=5))
    act(filing.return_to_applicant, by=town.clerk, at=at + timedelta(hours=1), redo=[], because="电话打不通")
    post(lan, filing, "contact", **ADDRESS)
    post(lan, filing, "notice", read="on", **hidden(get(lan, filing, "notice")))
    post(lan, filing, "check")
    assert Filing.objects.get().status == "submitted"
