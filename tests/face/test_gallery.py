"""Every component in every state, both languages and all displays: whole, and clean under the strict policy."""
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

COMPONENTS = Path("templates/components")
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle"}


class Balanced(HTMLParser):
    """Fails on tags that cross or stay open, and collects ids and what is inline."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.inline = [], [], []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.ids += [names["id"]] if "id" in names else []
        self.inline += [name for name in names if name == "style" or name.startswith("on")]
        self.inline += ["script"] if tag == "script" and "src" not in names else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1:]}> at {self.getpos()}"
        self.open.pop()


@pytest.mark.parametrize("layout", ["patient", "desk", "print"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_is_whole_and_has_nothing_inline(client, db, layout, language):
    client.cookies["language"] = language
    page = client.get(f"/gallery/?layout={layout}").content.decode()
    html = Balanced()
    html.feed(page)
    assert (html.open, html.inline) == ([], [])
    assert len(set(html.ids) - {None}) > 20
    assert "{%" not in page and "{{" not in page


@pytest.mark.parametrize("layout", ["patient", "desk"])
def test_pages_have_landmarks_a_skip_link_and_one_heading(client, db, layout):
    page = client.get(f"/preferences/?layout={layout}").content.decode()
    assert page.index('href="#content"') < page.index("<header") < page.index("<main id=\"content\"")
    assert page.count("<h1") == 1


def test_every_component_stands_in_the_gallery(client, db):
    sources = [*Path("templates").rglob("*.html"), Path("xinyijian/templatetags/portal.py"), Path("xinyijian/forms.py")]
    texts = "\n".join(path.read_text("utf-8") for path in sources)
    left_out = [path.name for path in COMPONENTS.glob("*.html") if f"components/{path.name}" not in texts]
    assert left_out == []


def test_components_are_short_and_say_what_they_need():
    for path in COMPONENTS.glob("*.html"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 40, path
        assert re.match(r"{% comment %}\s*" + path.stem + ":", text), f"{path}: its head comment begins with its name"


def test_there_is_no_gallery_outside_the_demo(client, settings, db):
    settings.DEMO = False
    assert client.get("/gallery/").status_code == 404
    assert client.get("/gallery/page.svg").status_code == 404


def test_every_page_says_demo_until_there_is_an_official_name(client, settings, db):
    assert "演示系统" in client.get("/gallery/").content.decode()
    settings.OFFICIAL_NAME = "示例县医疗保障局"
    page = client.get("/gallery/").content.decode()
    assert "演示系统" not in page and "示例县医疗保障局" in page


def test_the_admin_wears_the_same_skin_and_speaks_the_chosen_language(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert "admin.css" in page and "信易健" in page and "theme.js" not in page
    admin_client.post("/preferences/", {"language": "en"})
    assert "Trust Health" in admin_client.get("/admin/").content.decode()
