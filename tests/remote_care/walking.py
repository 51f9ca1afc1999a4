"""A browser without JavaScript that fills in the filing form; used by the tests of the draft."""
import io
import re
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from remote_care.models import Filing

NEW = "/remote-care/filings/new/"
GUANGZHOU, SHENZHEN = "440100", "440300"


def browser(user=None, language="zh-hans", **more) -> Client:
    """A device on which the user has just signed in."""
    client = Client(**more)
    client.cookies["language"] = language
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["entered_at"] = time.time()
        session.save()
    return client


def begin(client, person, type="long_residence", entry="") -> Filing:
    """Start a filing for somebody as the form does; its type is chosen."""
    page = client.get(NEW + entry).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    answer = client.post(NEW + entry, {"person": person.pk, "key": key})
    assert answer.status_code == 302, answer.content.decode()
    filing = Filing.objects.get(number=answer.url.split("/")[-2])
    post(client, filing, "type", type=type)
    return Filing.objects.get(pk=filing.pk)


def url(filing, page) -> str:
    return f"/remote-care/filings/{filing.number}/{page}/"


def get(client, filing, page) -> str:
    answer = client.get(url(filing, page))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client, filing, page, status=302, **fields):
    answer = client.post(url(filing, page), fields)
    assert answer.status_code == status, (answer.status_code, errors_in(answer.content.decode()))
    return answer


def hidden(html) -> dict:
    """The hidden fields of a page, without the token against forgery."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    return {name: value for name, value in found.items() if name not in ("csrfmiddlewaretoken", "next")}


def errors_in(html) -> list[str]:
    return re.findall(r'<a href="#id_[^"]*">(.*?)</a>', html)


def photo(colour=(200, 200, 200), name="proof.jpg") -> SimpleUploadedFile:
    """A small real picture; another colour is another paper."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


ADDRESS = {"contact_name": "李晓兰", "contact_phone": "199 0000 0001", "remote_address": "天河路 100 号 3 栋 402"}


def read_notice(client, filing):
    post(client, filing, "notice", read="on", **hidden(get(client, filing, "notice")))


def fill_in(client, filing, *, basis="documents", papers=("identity_card", "residence_proof"), today, since="2024-03-01"):
    """Everything but signing and sending."""
    read_notice(client, filing)
    post(client, filing, "type", type="long_residence")
    post(client, filing, "where", place=GUANGZHOU, start_on=today, resident_since=since)
    post(client, filing, "basis", basis=basis)
    for code in papers:
        post(client, filing, "papers", send=code, **{f"file_{code}": photo()})  # one picture for all: drawn once
    post(client, filing, "contact", **ADDRESS)


def sign(client, filing, *names):
    ticks = {f"sign_{name}": "on" for name in names}
    return post(client, filing, "sign", **ticks, **hidden(get(client, filing, "sign")))
