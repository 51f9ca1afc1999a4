"""The public page behind a letter's QR: genuine, altered, forged, too many; the status of now and no more than the letter says."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.filings import FULL, draft, in_force, submitted
from xinyijian.casework.business_time import business_now
from xinyijian.casework.letters.limit import MOST
from xinyijian.casework.letters.tokens import Finding, address_of, code_of, examine
from xinyijian.casework.numbers import ALPHABET, check_character
from xinyijian.casework.workflow import act
from xinyijian.people.models import Person

DAY = timedelta(days=1)
NUMBER = "RC439901-260105-K7Q4MXB" + check_character("RC439901-260105-K7Q4MXB")  # well made; of no case


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["language"] = "en"


@pytest.fixture(autouse=True)
def nobody_has_asked():
    cache.delete("verify:127.0.0.1")


def path(number, code=None):
    return f"/v/{number}-{code or code_of(number)}/"


def forged(number):
    """A code that somebody made who knows how check characters work, but not our key."""
    body = "".join(ALPHABET[(ALPHABET.index(c) + 1) % 31] for c in code_of(number)[:-1])
    return body + check_character(number + body)


def slips(text):
    """The text with each of its characters replaced by the next one of the alphabet."""
    for place, character in enumerate(text):
        if character in ALPHABET:
            yield text[:place] + ALPHABET[(ALPHABET.index(character) + 1) % 31] + text[place + 1 :]


def test_every_single_slip_in_number_or_code_is_seen():
    token = f"{NUMBER}-{code_of(NUMBER)}"
    assert examine(token) == (Finding.GENUINE, NUMBER)
    assert [text for text in slips(token) if examine(text)[0] is not Finding.ALTERED] == []


def test_spaces_case_and_lookalikes_of_a_typed_code_do_not_matter():
    typed = f"{NUMBER}{code_of(NUMBER)}".lower().replace("-", " ").replace("0", "o").replace("1", "i").replace("2", "z")
    assert examine(typed) == (Finding.GENUINE, NUMBER)


def test_letters_stay_valid_when_the_key_changes_and_another_portals_key_is_not_ours(settings):
    token = f"{NUMBER}-{code_of(NUMBER)}"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert examine(token)[0] is Finding.GENUINE
    settings.SECRET_KEY_FALLBACKS = []
    assert examine(token)[0] in (Finding.FORGED, Finding.ALTERED) and code_of(NUMBER) not in token


@pytest.mark.req("S3.30")
def test_anybody_sees_the_status_of_now_and_no_names(client, town):
    filing = in_force(town, at=business_now() - DAY)
    page = client.get(address_of(filing.number).removeprefix("http://127.0.0.1:8000"))
    text = page.content.decode()
    assert (
        page.status_code == 200
        and filing.number in text
        and "In force" in text
        and "It counts today" in text
        and "Yes, some follow later" in text
    )
    assert filing.person.masked_name in text and "As of" in text
    for secret in (filing.person.name, filing.person.masked_cert, filing.remote_address, filing.contact_name, filing.contact_phone):
        assert secret not in text
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"


def test_a_gap_that_was_closed_is_no_longer_open(client, town):
    filing = in_force(town, at=business_now() - DAY, papers=FULL)
    assert "Yes, some follow later" not in client.get(path(filing.number)).content.decode()


def test_a_cancelled_filing_says_so(client, town):
    now = business_now()
    filing = in_force(town, at=now - 200 * DAY)
    before = client.get(path(filing.number)).content.decode()
    assert "In force" in before
    act(filing.cancel, by=filing.opened_by, at=now - 2 * DAY, because="moved home")
    page = client.get(path(filing.number))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Cancelled" in text and "It no longer counts" in text and "this page counts" in text and "It counts today" not in text


def test_a_filing_cancelled_today_still_counts_until_midnight(client, town):
    now = business_now()
    filing = in_force(town, at=now - 200 * DAY)
    act(filing.cancel, by=filing.opened_by, at=now, because="moved home")
    assert "it still counts today" in client.get(path(filing.number)).content.decode()


def test_a_refused_filing_says_that_it_is_closed(client, town):
    filing = submitted(town, at=business_now() - DAY)
    act(filing.refuse, by=town.clerk, at=business_now() - DAY, reasons=["illegible"], because="")
    text = client.get(path(filing.number)).content.decode()
    assert "Not approved" in text and "This case is closed" in text and "It counts today" not in text


def test_an_altered_digit_is_told_as_such_at_every_place(client, town):
    filing = submitted(town, at=business_now() - DAY)
    token = f"{filing.number}-{code_of(filing.number)}"
    for text in list(slips(token))[:MOST]:
        page = client.get(f"/v/{text}/")
        assert page.status_code == 404 and "altered or mistyped" in page.content.decode(), text


def test_a_forged_code_is_not_ours_and_finds_nothing(client, town):
    filing = submitted(town, at=business_now() - DAY)
    page = client.get(path(filing.number, forged(filing.number)))
    assert page.status_code == 404 and "not issued by us" in page.content.decode() and "Being looked at" not in page.content.decode()


def test_a_well_signed_number_without_a_case_is_not_ours(client, db):
    assert "not issued by us" in client.get(path(NUMBER)).content.decode()


@pytest.mark.parametrize("text", ["x", "-", "RC439901", "RC439901-260105-K7Q4MXB0-" + "0" * 500, "李晓兰", "..", "%00"])
def test_whatever_is_no_number_gets_the_same_helpful_page(client, db, text):
    page = client.get(f"/v/{text}/")
    assert page.status_code == 404


def test_the_number_alone_finds_nothing(client, town):
    filing = submitted(town, at=business_now() - DAY)
    page = client.get(f"/v/{filing.number}/")
    assert page.status_code == 404 and "Being looked at" not in page.content.decode()


def test_thirty_a_minute_and_then_please_wait(client, db):
    for _n in range(MOST):
        assert client.get("/v/x/").status_code == 404
    page = client.get("/v/x/")
    assert page.status_code == 429 and page["Retry-After"] == "60" and "wait one minute" in page.content.decode()


def test_without_the_cache_the_page_still_answers(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}}
    assert client.get("/v/x/").status_code == 404


def test_number_and_code_can_be_typed(client, town):
    filing = in_force(town, at=business_now() - DAY)
    assert client.get("/v/").status_code == 200
    asked = {"number": f" {filing.number.lower()} ", "code": code_of(filing.number).lower()}
    page = client.get("/v/", asked, follow=True)
    assert page.status_code == 200 and "we issued it" in page.content.decode()
    wrong = client.get("/v/", {"number": filing.number, "code": ""})
    assert wrong.status_code == 422 and "Type the code" in wrong.content.decode() and filing.number in wrong.content.decode()


def test_verifying_asks_no_more_queries_for_an_old_case_than_for_a_new_one(client, town, django_assert_max_num_queries):
    filing = in_force(town, at=business_now() - DAY)
    with django_assert_max_num_queries(10):
        client.get(path(filing.number))


def test_a_draft_has_no_letter_and_its_address_tells_nothing(client, town):
    filing = draft(town, at=business_now() - DAY)
    page = client.get(path(filing.number))
    assert page.status_code == 404 and Person.objects.get(pk=filing.person_id).masked_name not in page.content.decode()
