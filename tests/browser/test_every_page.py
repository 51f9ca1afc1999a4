"""Every page in the demo, looked at by a machine: in both languages, in large print, at four widths."""
import pytest

from xinyijian.people import demo

from . import filing, inspector
from .places import BY_NAME, DRAFT

DEMO = True  # its cases are what the pages show
PEOPLE = {account.name for account in demo.ACCOUNTS} | {name for name, *_facts in demo.NEWCOMERS}
# sources, papers and addresses, in the words of the record
KEPT = ("省医保信用评价管理子系统", "户口簿", "结婚证", "出生医学证明", "演示共济登记 2026-001", "窗口签字", "青禾县示例路1号3栋201",
        "青禾县示例路10号政务大厅一楼", "居住证明上的姓名与申请人不一致。")
NAMES = PEOPLE | {"中文", "信易健", filing.CONTACT["remote_address"], *KEPT}  # as they were typed
DRESSES = (("zh-hans", ""), ("zh-hans", "elder.22"), ("en", ""))  # in large print the page is the one before, dressed anew
HEAVY = "() => performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"


def addresses_for(somebody, whose, stack) -> dict:
    """{label: address} of the pages that this person meets; a patient has a draft besides."""
    found = {label: path(stack) if callable(path) else path for label, path in BY_NAME[whose].items()}
    if whose == "lan":
        number = filing.begin(somebody, "Myself")
        found |= {f"draft {page}": f"/remote-care/filings/{number}/{page}/" for page in DRAFT}
    return found


def faults_of(visitor, label, address):
    """What is wrong with the page in each dress."""
    sent, found = "", []
    for language, display in DRESSES:
        visitor.wears(display, language)
        if display:
            inspector.put_on(visitor, address, sent)
        else:
            sent = visitor.go(address).text()
        found += [f"{label} ({language} {display}): {fault}" for fault in faults_as_worn(visitor, display)]
    return found


def faults_as_worn(visitor, display):
    """What is wrong with the page that she sees."""
    found = inspector.sideways(visitor.page)
    if visitor.language != "en":  # the same page in other words has the same barriers
        found += inspector.barriers(visitor.page)
    if not display:
        found += [f"other language: {text}" for text in inspector.other_language(visitor.page, visitor.language, NAMES)]
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
