"""What every page says to the browser, and what becomes of hostile text in every field: it is shown as text, to whoever reads it."""

import re
from itertools import cycle
from urllib.parse import unquote

import pytest
from django.utils.html import escape

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import PASSWORD
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.workflow import act

from .asking import Asker, check_headers, policy_of

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% debug %}",
    "%3Cscript%3E",
    "\u202egnp.exe",
)
TURNS = (0, 4)


def one_by_one(turn):
    """A payload for each field in turn, every one alone, so that none hides behind another; another turn begins elsewhere."""
    return cycle((*PAYLOADS[turn:], *PAYLOADS[:turn]))


def test_what_is_not_there_and_what_is_refused_carry_the_strict_headers_too(town):
    """The matrix looks at every answer's headers; these are at no address of ours."""
    for address in ("/nothing/", "/cases/nothing/", "/admin/nothing/", "/cases/%00/"):
        for user in (None, town.lan, town.root):
            check_headers(Asker(user).ask("GET", address), address)


def test_a_paper_is_a_picture_that_can_do_nothing(town):
    filing = filings.submitted(town, at=business_now())
    answer = browser(town.lan).get(f"/documents/{filing.docket.documents.get().uuid}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and policy_of(answer)["default-src"] == "'none'"
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(town):
    client = browser()
    client.post("/sign-in/password/", {"username": "lan", "password": PASSWORD})
    client.get("/remote-care/filings/new/")
    client.post("/preferences/", {"elder": "on"})
    assert {"sessionid", "csrftoken", "display"} <= set(client.cookies)
    assert all(
        c["httponly"] and c["samesite"] == "Lax" for name, c in client.cookies.items() if name in ("sessionid", "csrftoken", "display")
    )


IN_ADDRESSES = ("region", "on", "next", "as", "number", "code", "layout", "after", "of")  # one more than payloads: the next address turns


def hostile(html) -> list[str]:
    """Payloads that stand in a page as markup instead of as text."""
    tags = re.findall(r"<[a-zA-Z][^>]*>", html)
    return [tag for tag in tags if re.search(r"alert\(|onerror|onload", re.sub(r'"[^"]*"', '""', tag))]


@pytest.mark.parametrize("turn", TURNS)
def test_what_is_typed_into_a_draft_is_shown_as_text_to_her_to_the_desk_and_in_the_admin(town, turn):
    now, payload = business_now(), one_by_one(turn)
    filing = filings.draft(town, at=now, papers=filings.FULL)
    client = browser(town.lan)
    fields = {
        "place": next(payload),
        "start_on": next(payload),
        "resident_since": next(payload),
        "basis": next(payload),
        "contact_name": next(payload),
        "contact_phone": next(payload),
        "remote_address": f"{next(payload)} 天河路 100 号",
    }
    for page in ("where", "basis", "contact"):
        safe(client.post(f"/remote-care/filings/{filing.number}/{page}/", fields))
    client.get(f"/remote-care/filings/{filing.number}/where/", {"city": next(payload)})
    for page in ("where", "basis", "contact", "papers", "check"):
        safe(client.get(f"/remote-care/filings/{filing.number}/{page}/", {"city": next(payload)}))
    mended = {
        "notice_read_at": now,
        "start_on": day_of(now),
        "mistyped": "",
        "contact_name": next(payload),
        "remote_address": f"{next(payload)} 402",
    }
    answers = filings.ANSWERS | mended
    Filing.objects.filter(pk=filing.pk).update(**answers)
    act(Filing.objects.get(pk=filing.pk).submit, by=town.lan, at=now)
    shown = [
        safe(browser(user).get(page))
        for user, page in (
            (town.lan, f"/cases/{filing.number}/"),
            (town.clerk, f"/cases/{filing.number}/"),
            (town.clerk, f"/desk/?show={filing.number}"),
            (town.root, f"/admin/remote_care/filing/{filing.pk}/change/"),
        )
    ]
    assert any("402" in html for html in shown)


@pytest.mark.parametrize("turn", TURNS)
def test_what_a_clerk_types_is_shown_as_text_to_everybody(town, turn):
    now, payload = business_now(), one_by_one(turn)
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    desk = browser(town.clerk)
    safe(desk.post(f"/cases/{filing.number}/refuse/", {"because": next(payload), "reasons": [next(payload)]}))
    safe(desk.get(f"/cases/{filing.number}/refuse/", {"because": next(payload), "code": next(payload)}))
    assert desk.post(f"/cases/{filing.number}/refuse/", {"because": next(payload), "reasons": ["illegible"]}).status_code == 302
    for user, page in (
        (town.lan, f"/cases/{filing.number}/"),
        (town.lan, "/messages/"),
        (town.second_clerk, f"/cases/{filing.number}/"),
        (town.root, f"/admin/remote_care/filing/{filing.pk}/change/"),
        (town.root, "/admin/audit/event/"),
    ):
        safe(browser(user).get(page))


@pytest.mark.parametrize("turn", TURNS)
def test_what_stands_in_an_address_or_a_search_is_shown_as_text(town, turn):
    payload = one_by_one(turn)
    desk = browser(town.clerk)
    for name in ("view", "after", "show"):
        safe(desk.get("/desk/", {name: next(payload)}))
    for address in ("/policies/", "/sign-in/", "/v/", "/gallery/", "/cases/", "/messages/"):
        safe(desk.get(address, dict(zip(IN_ADDRESSES, payload, strict=False))))
    safe(desk.post("/desk/search/", {"q": next(payload)}))
    safe(desk.post("/remote-care/counter/", {"cert_type": next(payload), "number": next(payload)}))
    safe(browser().post("/sign-in/", {"phone": next(payload)}))
    safe(browser().post("/sign-in/password/", {"username": next(payload), "password": next(payload)}))


def safe(answer) -> str:
    assert answer.status_code < 500, answer.status_code
    html = answer.content.decode() if "html" in answer.headers.get("Content-Type", "") else ""
    assert not dangers(html), dangers(html)
    return html


def dangers(html) -> list[str]:
    """Everything that would do something: tags with a payload in them, payloads as they were typed, addresses that are scripts."""
    raw = [one for one in PAYLOADS if "<" in one and one in html]
    return [*hostile(html), *raw, *re.findall(r"""(?:href|src|action)=["']?javascript:|<script>""", html)]


PLACES = ("<p>{}</p>", '<input value="{}">', "<input value='{}'>", "<textarea>{}</textarea>", '<a href="{}">x</a>')


@pytest.mark.parametrize("payload, place", list(zip(PAYLOADS, PLACES, strict=False)))
def test_each_payload_by_itself_is_found_where_it_would_work(payload, place):
    assert dangers(place.format(payload)) and dangers(place.format(unquote("%3Cscript%3E")))
    assert "href" in place or not dangers(place.replace("'", '"').format(escape(payload)))


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_a_form(town, wish):
    assert browser(town.lan).post("/preferences/", {"elder": "on", "next": wish}).url == "/preferences/"
    filing = filings.submitted(town, at=business_now())
    assert browser(town.clerk).post("/desk/claims/", {"number": filing.number, "deed": "take", "next": wish}).url == "/desk/"


def test_an_address_with_a_nul_is_no_address(town):
    for address in ("/cases/%00x/", "/cases/%00/accept/", "/remote-care/filings/%00/", "/family/links/%00/", "/api/v1/filings/%00/"):
        assert browser(town.lan).get(address).status_code in (401, 404), address
