"""Every page in the demo, looked at by a machine: in both languages, in large print, at four widths."""
import pytest

from xinyijian.people import demo

from . import filing, inspector
from .dresses import faults_of
from .places import BY_NAME, DRAFT

DEMO = True  # its cases are what the pages show
HEAVY = "() => performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"


def addresses_for(somebody, whose, stack) -> dict:
    """{label: address} of the pages that this person meets; a patient has a draft besides."""
    found = {label: path(stack) if callable(path) else path for label, path in BY_NAME[whose].items()}
    if whose == "lan":
        number = filing.begin(somebody, "Myself")
        found |= {f"draft {page}": f"/remote-care/filings/{number}/{page}/" for page in DRAFT}
    return found


@pytest.mark.parametrize("whose", BY_NAME, ids=lambda name: name or "public")
def test_no_page_has_a_barrier_scrolls_sideways_or_mixes_languages(visit, stack, whose):
    somebody, faults = visit(), []
    if whose:
        somebody.enter(whose, demo.PASSWORD)
    for label, address in addresses_for(somebody, whose, stack).items():
        faults += faults_of(somebody, label, address)
    assert faults == []


def test_a_page_of_a_patient_is_light(visit, stack):
    lan = visit()
    lan.enter("lan", demo.PASSWORD)
    found = addresses_for(lan, "lan", stack)
    some = ("home", "messages", "in-force", "policies", "draft notice", "draft papers")
    weights = {label: weight_of(visit, lan, found[label]) for label in some}
    assert {label: weight for label, weight in weights.items() if weight > inspector.HEAVIEST} == {}


def weight_of(visit, visitor, address) -> int:
    """Bytes over the line when nothing is in the browser's cache."""
    fresh = visit()
    fresh.context.add_cookies(visitor.context.cookies())
    fresh.go(address)
    weight = fresh.page.evaluate(HEAVY)
    fresh.context.close()
    return weight
