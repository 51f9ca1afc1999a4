"""The worklist and a case, worked with the keyboard alone."""

from playwright.sync_api import expect

from . import filing

DEMO = True  # its cases are what the pages show; nothing here changes them in the end
FOCUS = """() => { const one = document.activeElement, look = getComputedStyle(one);
    return [one.innerText || one.value || one.id, look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2] }"""


def tab_to(page, word, most=60):
    """Tab by Tab to what says this; whatever has the focus on the way shows it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said, visible = page.evaluate(FOCUS)
        assert visible, f"no focus to be seen on {said!r}"
        if word in said:
            return
    raise AssertionError(f"{word!r} was not reached in {most} steps")


def test_the_worklist_and_a_case_are_worked_without_a_mouse(visit, stack):
    clerk = filing.staff(visit, language="en")
    page, press = clerk.page, clerk.page.keyboard.press
    clerk.go("/desk/")
    tab_to(page, "Skip to the list", 3)
    press("Enter")
    press("j")
    number = page.evaluate("document.activeElement.innerText")
    press("ArrowDown")
    press("k")
    assert page.evaluate("document.activeElement.innerText") == number
    press("x")
    expect(page.locator("tbody tr").first.locator("input[type=checkbox]")).to_be_checked()
    press("?")
    expect(page.locator("dialog[data-help]")).to_be_visible()
    press("Escape")
    press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(number)
    press("Enter")
    page.wait_for_url(f"**/cases/{number}/")
    press("t")
    clerk.sees("In your hands")
    tab_to(page, "Skip to what can be done", 3)
    press("Enter")
    tab_to(page, "Accept")
    press("Enter")
    page.wait_for_url("**/accept/")
    tab_to(page, "Do nothing and go back")
    press("Enter")
    page.wait_for_url(f"**/cases/{number}/")
    tab_to(page, "Put back")
    press("Enter")
    expect(clerk.main).not_to_contain_text("In your hands")
