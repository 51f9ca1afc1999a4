"""The demo's family links: opened by acting, one waits for a consent, one for the clerk."""
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from xinyijian.casework.workflow import act
from xinyijian.people.models import User

from .models import Link
from .services import attach, open_link, send

DAY = timedelta(days=1)


def open_demo_cases(now) -> int:
    """Two links in two situations; does nothing when there are any. Returns how many it opened."""
    if Link.objects.exists():
        return 0
    waiting_for_a_consent(now)
    waiting_for_the_clerk(now)
    return 2


def waiting_for_a_consent(now):
    """The stranger asks the neighbour, who has not answered yet."""
    _asked("stranger", "neighbour", "spouse", "marriage_certificate", now - 2 * DAY)


def waiting_for_the_clerk(now):
    """The husband registers his mother; she has agreed."""
    link = _asked("husband", "husband-mother", "parent", "household_register", now - 3 * DAY)
    act(link.agree, by=_user("husband-mother"), at=now - 2 * DAY, agreed=[("relative", "kinship")])


def _asked(by, other, relation, kind, at):
    user, whom = _user(by), _user(other).person
    link = open_link(user.person, by=user, at=at, relation=relation, name=whom.name, cert_number=whom.cert_number, born_on=whom.born_on)
    attach(link, kind, _picture(kind, user.person), by=user, at=at)
    return send(link, by=user, at=at)


def _user(name):
    return User.objects.get(username=name)


def _picture(kind, person):
    """A page that says what it stands for."""
    page = Image.new("RGB", (900, 600), "#f4f1ea")
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 880, 580), outline="#0b6e8a", width=6)
    pen.text((60, 60), f"DEMO {kind} {person.pk}", fill="#1f2a37", font_size=44)
    out = BytesIO()
    page.save(out, "JPEG")
    return SimpleUploadedFile(f"{kind}.jpg", out.getvalue(), "image/jpeg")
