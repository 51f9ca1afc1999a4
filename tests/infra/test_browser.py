"""The browser that the other browser tests rely on is there, and has letters for Chinese."""
import pytest

PIXELS_OF = """text => {
    const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    c.font = '40px sans-serif'; c.fillText(text, 5, 50);
    return c.getImageData(0, 0, 60, 60).data.join() }"""


@pytest.mark.browser
def test_the_browser_reaches_the_portal(page, live_server):
    answer = page.goto(f"{live_server.url}/health")
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.browser
def test_two_chinese_characters_do_not_look_alike(page):
    assert page.evaluate(PIXELS_OF, "信") != page.evaluate(PIXELS_OF, "易")
