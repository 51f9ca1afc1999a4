"""A hospital's administrator makes a key, carries its secret over, changes it and ends it; a system comes in meanwhile."""

import os
from pathlib import Path

import pytest
import urllib3

from xinyijian.serve.places import ROOT

from . import filing

DRESSES = {"zh": ("zh-hans", ""), "en": ("en", ""), "elder": ("zh-hans", "elder.22")}


def token(stack, client_id, secret) -> int:
    """What the door says to this key."""
    headers = urllib3.make_headers(basic_auth=f"{client_id}:{secret}") | {"Content-Type": "application/x-www-form-urlencoded"}
    return urllib3.request("POST", f"{stack.url}api/v1/token/", body="grant_type=client_credentials", headers=headers).status


def shown(visitor) -> tuple[str, str]:
    """(client id, secret) as they stand on the page, once."""
    secret = visitor.page.locator("#secret").inner_text()  # waits for the page; a list of texts does not
    return visitor.page.locator("dl.summary-list code").first.inner_text(), secret


def picture(visitor, name):
    if folder := os.environ.get("PICTURES_IN"):
        (ROOT / folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, animations="disabled")


@pytest.mark.parametrize("dress, width", [("zh", 1280), ("en", 1280), ("elder", 375)])
def test_a_key_is_made_changed_and_revoked(visit, stack, dress, width):
    stack.sql("DELETE FROM oauth2_provider_accesstoken")
    stack.sql("DELETE FROM connect_client")
    admin = filing.staff(visit, "hospital-admin", width=width)
    language, display = DRESSES[dress]
    admin.wears(display, language)
    admin.go("/connect/keys/")
    admin.sees("No key yet")
    picture(admin, f"keys-none-{dress}")
    admin.follow("Make a key")
    admin.press("Make a key")
    admin.sees("Something is missing or not right yet")
    admin.fill(name="HIS")
    admin.tick("environment=sandbox", "scopes=eligibility:read", "scopes=filings:write")
    picture(admin, f"keys-new-{dress}")
    admin.press("Make a key")
    admin.sees("It is shown this once only.", "Your people in the sandbox")
    client_id, first = shown(admin)
    picture(admin, f"keys-secret-{dress}")
    assert token(stack, client_id, first) == 200
    admin.follow("I have copied it")
    assert first not in admin.page.content()
    picture(admin, f"keys-list-{dress}")
    admin.follow("New secret")
    picture(admin, f"keys-rotate-{dress}")
    admin.press("New secret")
    _client_id, second = shown(admin)
    assert token(stack, client_id, first) == token(stack, client_id, second) == 200
    admin.follow("I have copied it")
    admin.follow("Revoke")
    admin.press("Revoke")
    admin.sees("revoked")
    assert token(stack, client_id, second) == 401


@pytest.mark.parametrize("dress, width", [("zh", 1280), ("en", 375), ("elder", 375)])
def test_the_engineers_page_leads_to_swagger(visit, stack, dress, width):
    engineer = visit(width=width)
    language, display = DRESSES[dress]
    engineer.wears(display, language)
    engineer.go("/api/")
    engineer.sees("How to start", "Examples that run", "When something goes wrong")
    picture(engineer, f"api-{dress}")
    if dress == "zh":  # Swagger's own page has neither dresses nor languages, and weighs as much as fifty of ours
        engineer.follow("All operations (Swagger)")
        engineer.page.get_by_text("/api/v1/eligibility/").first.wait_for()
        picture(engineer, f"swagger-{dress}")
