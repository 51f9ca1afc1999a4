"""What reaches the reader: little, readable, and from here only."""
import gzip
import re

import pytest

from xinyijian import assets

TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink-soft", "paper"), ("ink-soft", "ground"), ("primary", "paper"), ("primary", "ground"),
    ("primary", "primary-soft"), ("on-primary", "primary"), ("positive", "paper"), ("positive", "positive-soft"), ("warning", "paper"),
    ("warning", "warning-soft"), ("danger", "paper"), ("ink", "warning-soft"), ("ink", "danger-soft"), ("ink", "info-soft"),
    ("ink", "positive-soft"), ("warning", "ground"), ("danger", "ground"), ("ink", "primary-soft"), ("info", "paper"), ("info", "ground"),
]
SHAPE_PAIRS = [("edge", "paper"), ("edge", "ground"), ("focus", "paper"), ("focus", "ground")]
DISPLAYS = [(":root",), (":root", ".dark"), (":root", ".contrast"), (":root", ".dark", ".contrast", ".contrast.dark")]


@pytest.fixture(scope="module")
def built():
    assets.build()
    return assets.BUILD


def tokens(*selectors):
    """{name: hex colour} of the cascade of these blocks of tokens.css."""
    text = re.sub(r"/\*.*?\*/", "", (assets.SOURCES / "tokens.css").read_text("utf-8"), flags=re.S)
    found = {}
    for selector in selectors:
        block = re.search(rf"(?:^|\n){re.escape(selector)} {{(.*?)\n}}", text, flags=re.S)[1]
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    return found


def light(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG's ratio of two colours."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("selectors", DISPLAYS)
def test_text_and_edges_can_be_seen_in_every_display(selectors):
    colour = tokens(*selectors)
    wanted = 7 if ".contrast" in selectors else 4.5
    weak = [(a, b) for a, b in TEXT_PAIRS if contrast(colour[a], colour[b]) < (wanted if b in ("paper", "ground") else 4.5)]
    assert weak == []
    assert [(a, b) for a, b in SHAPE_PAIRS if contrast(colour[a], colour[b]) < 3] == []


def test_patients_load_less_than_25_kilobytes_of_style_and_nothing_that_old_phones_do_not_know(built):
    css = (built / "patient.css").read_bytes()
    assert len(gzip.compress(css)) < 25_000
    assert not re.search(rb"light-dark|oklch|color-mix|@layer|tblr", css)


def test_the_desk_takes_from_tabler_only_what_it_uses(built):
    assert len(gzip.compress((built / "desk.css").read_bytes())) < 40_000


def test_styles_and_script_load_nothing_from_elsewhere(built):
    for path in [*built.glob("*.css"), *built.glob("*.js")]:
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import|https?://(?!tabler|github)", path.read_text("utf-8")), path


def test_a_second_build_does_nothing(built):
    assert assets.build() is False


def test_fonts_for_papers_stay_out_of_the_web(built):
    assert not list(built.rglob("*.ttf"))
    assert {path.name for path in assets.FONTS.glob("*.ttf")} == {"NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"}
    assert "Open Font License" in (assets.FONTS / "noto-sans-sc.txt").read_text("utf-8")


def test_squeezing_keeps_the_meaning():
    assert assets.squeezed("/* a */ a > b ,\n c:hover { color : red; margin: 0 auto; }\n") == "a>b,c:hover{color : red;margin: 0 auto}"
