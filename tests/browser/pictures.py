"""The README's pictures, from the demo as it runs; and every page in every dress, to be looked at (into PICTURES_IN)."""
import io
import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from xinyijian.serve.places import ROOT

from . import filing
from .places import DESK, DRAFT, OPEN, PATIENT, case

DEMO = True  # its cases are what the pictures show
FOLDER = ROOT / "docs" / "pictures"
DRESSES = {"zh": ("zh-hans", ""), "en": ("en", ""), "elder": ("zh-hans", "elder.22"), "dark": ("zh-hans", "dark.22")}


def take(visitor, name, folder=FOLDER, **more):
    """A picture of the page: 256 colours are enough for words on paper."""
    keep(Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled", **more))), name, folder)


def keep(picture, name, folder=FOLDER):
    picture.convert("RGB").quantize(128).save(folder / f"{name}.png", optimize=True)


def test_the_pictures_of_the_readme(visit, stack):
    FOLDER.mkdir(exist_ok=True)
    lan = filing.patient(visit, device_scale_factor=1)
    take(lan, "home")
    lan.go(case("lan", "in_force")(stack))
    take(lan, "case")
    letter = lan.page.request.get(f"{lan.page.url}receipt.pdf").body()
    keep(pypdfium2.PdfDocument(letter)[0].render(scale=1.2).to_pil(), "receipt")
    filing.begin(lan, "My parent")
    filing.read_notice(lan)
    filing.say_where(lan, filing.SHANGHAI)  # in Guangzhou the demo has filed for her already
    filing.choose_basis(lan)
    take(lan, "form")
    lan.go("/")
    dress(lan, "elder")
    lan.go("/")
    take(lan, "home-elder")
    clerk = filing.staff(visit)
    take(clerk, "worklist")
    clerk.go(case("lan", "submitted")(stack))
    take(clerk, "desk")
    english = filing.staff(visit, "clerk2", language="en")
    take(english, "worklist-en")
    dress(english, "dark")
    english.go(case("lan", "submitted")(stack))
    take(english, "desk-dark")


def dress(visitor, name):
    language, display = DRESSES[name]
    visitor.wears(display, language if name in ("zh", "en") else visitor.language)


@pytest.mark.parametrize("name", DRESSES)
@pytest.mark.parametrize("width", (375, 1280))
def test_every_page_in_every_dress(visit, stack, name, width):
    folder = Path(os.environ.get("PICTURES_IN", ROOT / ".var" / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    for whose, paths in {"": OPEN, "lan": PATIENT, "clerk": DESK}.items():
        somebody = visit(width=width)
        if whose:
            somebody.enter(whose, filing.PASSWORD)
        dress(somebody, name)
        addresses = {label: path(stack) if callable(path) else path for label, path in paths.items()}
        if whose == "lan":
            somebody.go("/remote-care/filings/new/")
            somebody.page.locator("main form[data-once] button.btn-primary").click()
            number = filing.number_on(somebody)
            addresses |= {f"draft-{page}": f"/remote-care/filings/{number}/{page}/" for page in DRAFT}
        for label, address in addresses.items():
            somebody.go(address)
            take(somebody, f"{whose or 'open'}-{label}-{width}-{name}", folder, full_page=True)
