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


def barriers(page) -> list[str]:
    """Serious and critical findings of axe, each with where it is."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{one['id']}: {one['help']} at {'; '.join(str(node['target'][0]) for node in one['nodes'][:3])}"
        for one in found if one["impact"] in ("serious", "critical")
    ]


def sideways(page) -> list[str]:
    """The widths at which the page scrolls sideways, and what sticks out."""
    found, before = [], page.viewport_size
    for width in WIDTHS:
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
