"""The gallery in a real browser: nothing that axe complains of, nothing cut off, nothing that the strict policy stops."""
import pytest
from axe_playwright_python.sync_playwright import Axe

VIEWS = [  # layout, display, language, width: each display, language, layout and width at least once
    ("patient", "22", "zh-hans", 375), ("patient", "dark.22", "en", 375), ("patient", "contrast.22", "en", 1280),
    ("patient", "elder.30", "zh-hans", 375), ("desk", "22", "en", 1280), ("desk", "contrast.dark.22", "zh-hans", 1280),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """size => [...document.querySelectorAll('.switch, main .btn, main summary, main select, main input')]
    .filter(e => !["checkbox", "radio"].includes(e.type))
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < size - 0.5).map(e => e.outerHTML.slice(0, 90))"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def look(live_server, page):
    """Opens an address with this display and size; gives the page and what its console said."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    def open_page(address, display="22", language="zh-hans", width=375):
        chosen = {"display": display, "language": language}
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in chosen.items()])
        page.set_viewport_size({"width": width, "height": 812})
        page.goto(live_server.url + address)
        return page, said

    return open_page


@pytest.mark.parametrize("layout, display, language, width", VIEWS)
def test_every_component_can_be_read_by_everybody(look, layout, display, language, width):
    page, said = look(f"/gallery/?layout={layout}", display, language, width)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert said == []


def test_nothing_is_cut_off_on_a_phone(look):
    for display in ("22", "elder.22", "elder.30"):
        for language in ("zh-hans", "en"):
            for layout in ("patient", "desk"):
                page, _said = look(f"/gallery/?layout={layout}", display, language)
                assert page.evaluate(TOO_WIDE) <= 0, (display, language, layout)


@pytest.mark.parametrize("display, size", [("22", 48), ("elder.22", 60), ("elder.18", 60)])
def test_whatever_is_touched_is_large_enough(look, display, size):
    page, _said = look("/gallery/", display)
    assert page.evaluate(SMALL, size) == []


def test_large_print_is_at_least_18_pixels_everywhere(look):
    page, _said = look("/gallery/", "elder.18")
    shown = "[...document.querySelectorAll('main *')].filter(e => e.offsetParent && e.innerText)"
    sizes = shown + ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(page.evaluate(sizes)) >= 17.9


def test_the_first_field_in_error_has_the_focus(look):
    page, _said = look("/gallery/")
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_paper_can_be_enlarged_and_turned_by_keys(look):
    page, _said = look("/gallery/", width=1280)
    page.focus("[data-viewer]")
    page.keyboard.press("+")
    page.keyboard.press("r")
    assert {"zoom-2", "turn-1"} <= set(page.get_attribute("[data-viewer]", "class").split())


def test_rows_are_walked_by_keys(look):
    page, _said = look("/gallery/", width=1280)
    page.evaluate("document.activeElement.blur()")  # the field in error has the focus; there keys are letters
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("[...document.querySelectorAll('[data-rows] tbody tr')].findIndex(row => row.classList.contains('at'))") == 0
