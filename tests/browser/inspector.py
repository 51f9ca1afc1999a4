"""What is wrong with a page, whoever looks at it: barriers (axe), sideways scrolling, the other language, weight."""
import re

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (320, 375, 768, 1280)
HEAVIEST = 100_000  # bytes over the line for one page of a patient who comes for the first time
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z][a-z']+(?: [A-Za-z][a-z']*){3,}")  # four words in a row are a sentence
OPTIONS = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SPOKEN = """() => {
    const found = [], skip = 'script, style, select, [lang]:not(html), textarea, .said, code, .code';
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(skip)) found.push(walk.currentNode.data.trim());
    document.querySelectorAll('[aria-label], [placeholder], [title]').forEach(e => e.closest(skip) ||
        found.push(e.getAttribute('aria-label') || e.getAttribute('placeholder') || e.getAttribute('title')));
    return [document.title, ...found.filter(text => text)] }"""


BARRIERS = """options => axe.run(options).then(found => found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.help} at ${one.nodes.slice(0, 3).map(node => node.target[0]).join('; ')}`))"""


def barriers(page) -> list[str]:
    """Serious and critical findings of axe, each with where it is."""
    if page.evaluate("() => !window.axe"):  # reading it in takes a third of the time: once for all dresses of a page
        page.evaluate(Axe().axe_script)
    return page.evaluate(BARRIERS, OPTIONS)


SWITCHES = re.compile(r"<(form|div) class=\"switches\".*?</\1>", re.S)
WORN = re.compile(r"^<html [^>]*>", re.M)
FRESH = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-now="[^"]*"')
PUT_ON = """html => {
    const worn = new DOMParser().parseFromString(html, 'text/html');
    document.documentElement.className = worn.documentElement.className;
    for (const [at, one] of worn.querySelectorAll('.switches').entries())
        document.querySelectorAll('.switches')[at].replaceWith(document.adoptNode(one)); }"""


def put_on(visitor, address, before):
    """The page that stands there (`before`, as the server sent it) in the dress of now: loaded anew unless only the dress differs."""
    now = visitor.page.request.get(visitor.page.url).text()
    if bare(now) == bare(before):
        visitor.page.evaluate(PUT_ON, now)
    else:
        visitor.go(address)


def bare(html) -> str:
    """What the server sent without what a dress changes: classes of <html>, the two switches, and what is new at each look."""
    return FRESH.sub("", SWITCHES.sub("", WORN.sub("", html)))


def sideways(page) -> list[str]:
    """The widths at which the page scrolls sideways, and what sticks out."""
    found, before = [], page.viewport_size
    for width in sorted(WIDTHS, key=lambda width: width != before["width"]):  # as it stands there first
        page.set_viewport_size({"width": width, "height": before["height"]})
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{wide} px too wide at {width}: {page.evaluate(STICKING_OUT)}")
    page.set_viewport_size(before)
    return found


STICKING_OUT = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map(e => e.tagName + '.' + e.className + ' ' + (e.textContent || '').trim().slice(0, 30)).join(' | ')"""


def other_language(page, language, names) -> list[str]:
    """Chinese on an English page apart from names of people and places; English sentences on a Chinese one."""
    spoken = page.evaluate(SPOKEN)
    if language == "en":
        return [text[:80] for text in spoken if CHINESE.search(without(text, names))]
    return [text[:80] for text in spoken if ENGLISH.search(text)]


def without(text, names):
    """The text with every name that has no English taken out."""
    for name in names:
        text = text.replace(name, "")
    return re.sub(r"[\u4e00-\u9fff]\*+", "", text)  # a masked name
