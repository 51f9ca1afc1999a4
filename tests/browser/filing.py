"""How somebody files care away from home, page by page."""
import io
import re

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from xinyijian.people.demo import PASSWORD, account

GUANGZHOU, SHANGHAI = "440100", "310100"
NUMBER = re.compile(r"/(?:cases|filings)/([A-Z0-9-]+)/")
CONTACT = {"contact_name": "李晓兰", "contact_phone": "19900000001", "remote_address": "示例大道 12 号 3 栋 402 室"}


def photo(words="proof") -> tuple[str, bytes]:
    """(file name, JPEG): a sheet that says what it stands for."""
    page, out = Image.new("RGB", (900, 600), "#f4f1ea"), io.BytesIO()
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 880, 580), outline="#0b6e8a", width=6)
    pen.text((60, 60), f"DEMO {words}", fill="#1f2a37", font_size=44)
    page.save(out, "JPEG")
    return f"{words}.jpg", out.getvalue()


def patient(visit, name="lan", **more):
    """A demo person who has just signed in."""
    somebody = visit(**more)
    somebody.enter(name, PASSWORD)
    return somebody


def patient_by_code(visit, name="lan", **more):
    """A demo person who has just signed in by a code to the phone, page by page."""
    somebody = visit(**more)
    one = account(name)
    somebody.sign_in_by_code(one.phone, one.name if name in ("mother", "father") else "")
    return somebody


def staff(visit, name="clerk", **more):
    """A member of staff who has just signed in, at a desk."""
    somebody = visit(**{"width": 1280, "height": 900} | more)
    somebody.enter(name, PASSWORD)
    return somebody


def staff_by_password(visit, name="clerk", **more):
    """A member of staff who has just signed in by password and the second step, page by page, at a desk."""
    somebody = visit(**{"width": 1280, "height": 900} | more)
    somebody.sign_in_by_password(name, PASSWORD)
    return somebody


def number_on(visitor) -> str:
    """The number of the case at whose pages she is."""
    return NUMBER.search(visitor.page.url).group(1)


def begin(visitor, whom) -> str:
    """From home to a draft for somebody; the number."""
    visitor.go("/")
    visitor.follow("File care in another city")
    visitor.page.locator(".choices label", has_text=visitor.words(whom)).locator("input").check()
    visitor.page.locator("main form[data-once] button.btn-primary").click()
    visitor.sees("Read this first")
    return number_on(visitor)


def read_notice(visitor):
    visitor.tick("read")
    visitor.press("Continue")


def say_why(visitor, type="long_residence"):
    """The type, and that care there is still to come."""
    visitor.tick(f"type={type}")
    visitor.press("Continue")
    visitor.press("Continue")


def say_where(visitor, city=GUANGZHOU, since="2024-03-01"):
    say_why(visitor)
    visitor.fill(place=city, resident_since=since)
    visitor.press("Continue")


def choose_basis(visitor, basis="documents"):
    visitor.tick(f"basis={basis}")
    visitor.press("Continue")


def give_papers(visitor, *codes):
    """Each with its own button; what is missing is settled later."""
    for code in codes:
        visitor.attach(f"file_{code}", photo(code))
        visitor.page.locator(f"#paper-{code} button[name=send]").click()
        expect(visitor.page.locator(f"#paper-{code}.done")).to_be_visible()
    visitor.press("Continue")


def say_contact(visitor, **more):
    visitor.fill(**CONTACT | more)
    visitor.press("Continue")


def sign(visitor, *letters):
    visitor.tick(*(f"sign_{letter}" for letter in letters))
    visitor.press("Sign and continue")


def file(visitor, whom="Myself", *, papers=("identity_card", "residence_proof"), basis="documents", city=GUANGZHOU, letters=(),
         contact_first=False) -> str:
    """The whole form, from home to "sent"; the number of the case."""
    number = begin(visitor, whom)
    read_notice(visitor)
    say_where(visitor, city)
    if contact_first:  # as Jiangsu orders it
        say_contact(visitor)
    choose_basis(visitor, basis)
    give_papers(visitor, *papers)
    if not contact_first:
        say_contact(visitor)
    if letters:
        sign(visitor, *letters)
    visitor.sees("Check your answers")
    visitor.press("Send the filing")
    visitor.sees("Your filing has been sent")
    return number


def accept(clerk, number):
    """From the worklist: the row, the case, the button, the press."""
    clerk.go("/desk/")
    clerk.page.get_by_role("link", name=number, exact=True).click()
    clerk.follow("Accept")
    clerk.press("Accept")
    clerk.sees("Accepted")
