"""The filing form from the first page to the last, as somebody without JavaScript meets it."""
import pytest

from remote_care.models import Filing
from tests.remote_care.walking import ADDRESS, begin, browser, fill_in, get, hidden, post, sign, url
from tests.town import grant
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of

PAGES = ("notice", "type", "care", "where", "basis", "papers", "contact", "sign", "check")


@pytest.fixture
def today():
    return day_of(business_now()).isoformat()


@pytest.fixture
def lan(town):
    return browser(town.lan)


@pytest.mark.req("S3.9", "S3.23")
def test_a_daughter_files_for_her_mother_and_promises_what_is_missing(town, lan, today):
    filing = begin(lan, town.mother_person)
    fill_in(lan, filing, papers=("identity_card",), today=today)
    sign(lan, filing, "promise")
    assert 'class="reason"' not in get(lan, filing, "check")
    answer = lan.post(url(filing, "check"), follow=True)
    filing = Filing.objects.get()
    assert filing.status == "submitted" and filing.agent == town.lan_person and filing.person == town.mother_person
    page = answer.content.decode()
    assert filing.number in page and f"/cases/{filing.number}/" in page and "<ol>" in page
    assert list(Event.objects.filter(kind="remote_care.Filing").values_list("verb", flat=True)) == ["start", "submit"]


@pytest.mark.req("S3.14", "S3.3")
def test_with_all_papers_there_is_nothing_to_sign(town, lan, today):
    filing = begin(lan, town.lan_person)
    fill_in(lan, filing, today=today)
    assert post(lan, filing, "contact", **ADDRESS).url == url(filing, "check")
    post(lan, filing, "check")
    assert Filing.objects.get().status == "submitted"


@pytest.mark.req("S3.15", "S3.16")
def test_a_commitment_letter_stands_for_the_proof(town, lan, today):
    filing = begin(lan, town.lan_person)
    fill_in(lan, filing, basis="commitment", papers=("identity_card",), today=today)
    assert "天河路 100 号 3 栋 402" in get(lan, filing, "sign")
    sign(lan, filing, "commitment")
    post(lan, filing, "check")
    filing = Filing.objects.get()
    assert filing.status == "submitted" and filing.commitment_signed_at
    assert [entry["name"] for entry in filing.signed_letters] == ["filing_notice", "commitment"]
    assert "天河路" not in str(filing.signed_letters), "the text is sealed"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages_with_its_place_in_the_walk(town, language):
    client = browser(town.lan, language)
    filing = begin(client, town.mother_person)
    for step, page in enumerate(PAGES, 1):
        html = get(client, filing, page)
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html and "<h1" in html
        assert html.count('<li class="done"></li>') == step and html.count("<li></li>") >= len(PAGES) - step


def test_no_page_needs_a_script_or_a_style_of_its_own(town, lan):
    filing = begin(lan, town.mother_person)
    for page in PAGES:
        html = get(lan, filing, page)
        assert "onclick" not in html and "style=" not in html and html.count("<script") == html.count("<script src=")
        assert 'method="post"' in html


@pytest.mark.req("S3.9")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_first_for_whom_one_files(town, lan, page):
    html = get(lan, begin(lan, town.mother_person), page)
    assert "为 王** 办理" in html and html.index("为 王** 办理") < html.index("<h1")
    assert "办理</b>" not in get(lan, begin(lan, town.lan_person), page), "not for oneself"


@pytest.mark.req("S3.10")
def test_the_notice_is_read_once_and_that_is_kept(town, lan):
    filing = begin(lan, town.mother_person)
    post(lan, filing, "notice", status=422)
    assert Filing.objects.get().notice_read_at is None
    html = get(lan, filing, "notice")
    assert "异地就医备案告知书" in html
    post(lan, filing, "notice", read="on", **hidden(html))
    filing = Filing.objects.get()
    assert filing.notice_read_at and filing.notice_version == "hunan-2026-2"
    assert filing.signed_letters[0]["how"] == "read" and len(filing.signed_letters[0]["sha256"]) == 64


@pytest.mark.req("S3.9")
def test_only_those_who_granted_it_can_be_filed_for(town, lan):
    page = lan.get("/remote-care/filings/new/").content.decode()
    assert "王**" in page and "周*" not in page
    answer = lan.post("/remote-care/filings/new/", {"person": town.stranger_person.pk})
    assert answer.status_code == 422 and not Filing.objects.exists()
    grant(town.stranger_person, town.lan_person)
    assert begin(lan, town.stranger_person).person == town.stranger_person


def test_a_double_press_opens_one_filing_and_going_back_another_persons(town, lan):
    key = {"key": "0b3f6f0e-52a5-4a6e-9d0a-0f3b5c1f8f11"}
    for _ in range(2):
        lan.post("/remote-care/filings/new/", {"person": town.mother_person.pk} | key)
    assert Filing.objects.count() == 1
    lan.post("/remote-care/filings/new/", {"person": town.lan_person.pk} | key)
    assert list(Filing.objects.order_by("pk").values_list("person", flat=True)) == [town.mother_person.pk, town.lan_person.pk]


def test_sending_twice_is_one_submission(town, lan, today):
    filing = begin(lan, town.lan_person)
    fill_in(lan, filing, today=today)
    for _ in range(2):
        assert post(lan, filing, "check").url == url(filing, "sent")
    assert Event.objects.filter(verb="submit").count() == 1


def test_one_goes_on_where_something_is_open(town, lan, today):
    filing = begin(lan, town.lan_person)
    resume = f"/remote-care/filings/{filing.number}/"
    assert lan.get(resume).url == url(filing, "notice")
    fill_in(lan, filing, today=today)
    assert lan.get(resume).url == url(filing, "check")
    assert resume in lan.get("/remote-care/filings/new/").content.decode(), "a begun filing is offered before a new one"
