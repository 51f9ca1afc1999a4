"""A family link with both consents, as two people and a clerk walk it, in every dress; and a guardian's page."""
import os
from pathlib import Path

import pytest

from . import filing
from .pictures import dress, take

OTHER = {"name": "何秀琴", "cert_number": "439902197207301102"}


@pytest.fixture
def look(request):
    """Keeps a picture where PICTURES_IN says so."""
    folder = os.environ.get("PICTURES_IN")
    if not folder:
        return lambda visitor, name: None  # a picture takes as long as five pages
    Path(folder).mkdir(parents=True, exist_ok=True)
    return lambda visitor, name: take(visitor, f"family-{request.node.callspec.id}-{name}", Path(folder), full_page=True)


@pytest.mark.req("S0.3")
@pytest.mark.parametrize("name", ["zh", "en", "elder"])
def test_two_agree_a_clerk_registers_and_one_ends_it(visit, name, look):
    asker = filing.patient(visit, "stranger", width=375)
    dress(asker, name)
    asker.go("/family/")
    asker.follow("Add a family member")
    asker.tick("relation=spouse")
    asker.fill(**OTHER)
    look(asker, "ask")
    asker.press("Continue")
    asker.attach("file", filing.photo("marriage"))
    asker.press("Send it")
    asker.sees("marriage certificate")
    asker.tick("agree_kinship")
    look(asker, "prepare")
    asker.press("Agree and send")
    asker.sees("Waiting for consent and a check")
    look(asker, "asked-case")
    number = filing.number_on(asker)
    other = filing.patient(visit, "neighbour", width=375)
    dress(other, name)
    other.go("/")
    other.sees("Somebody is asking you to agree")
    look(other, "home")
    other.follow("Somebody is asking you to agree")
    look(other, "invited")
    other.follow("Read the text and agree")
    other.tick("agree_kinship")
    look(other, "agree")
    other.press("Agree")
    clerk = filing.staff(visit)
    dress(clerk, name)
    clerk.go(f"/cases/{number}/")
    look(clerk, "desk")
    clerk.page.get_by_role("link", name=clerk.words("Register"), exact=True).click()
    clerk.page.get_by_role("button", name=clerk.words("Register"), exact=True).click()
    asker.go("/family/")
    asker.sees_not("No family members are registered yet")
    look(asker, "registered")
    other.go("/family/")
    other.page.locator("main a[href^='/family/end/link/']").first.click()
    look(other, "end")
    other.press("End it now")
    asker.go("/family/")
    asker.sees("No family members are registered yet")


@pytest.mark.req("S0.3", "S0.4")
@pytest.mark.parametrize("name", ["zh", "en", "elder"])
def test_a_guardian_sees_for_whom_she_acts_and_what_she_is_entitled_to(visit, name, look):
    lan = filing.patient(visit, width=375)
    dress(lan, name)
    lan.go("/family/")
    lan.sees("your child: you are the guardian", "People who can act for you")
    look(lan, "guardian")
    lan.follow("My entitlement and credit grade")
    lan.sees("My own credit grade", "Ask a person to review")
    look(lan, "entitlement")
    for page in ("acting/new", "mutual-aid/new"):
        lan.go(f"/family/{page}/")
        look(lan, page.replace("/", "-"))
    counter = filing.staff(visit, "counter")
    dress(counter, name)
    counter.go("/family/counter/")
    counter.fill(number="439901198804121028")
    counter.press("Search")
    look(counter, "counter")
