"""What is wrong with a page in each dress: both languages, large print, four widths."""
from xinyijian.people import demo

from . import filing, inspector

MACHINE = "柳浦县政务大厅一楼"  # where a machine of the walks stands
PEOPLE = {account.name for account in demo.ACCOUNTS} | {name for name, *_facts in demo.NEWCOMERS}
# sources, papers and addresses, in the words of the record
KEPT = ("省医保信用评价管理子系统", "户口簿", "结婚证", "出生医学证明", "演示共济登记 2026-001", "窗口签字", "青禾县示例路1号3栋201",
        "青禾县示例路10号政务大厅一楼", "柳浦县示例路10号", MACHINE)
NAMES = PEOPLE | {"中文", "信易健", filing.CONTACT["remote_address"], *KEPT}  # as they were typed
DRESSES = (("zh-hans", ""), ("zh-hans", "elder.22"), ("en", ""))  # in large print the page is the one before, dressed anew


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
