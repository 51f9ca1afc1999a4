"""Makers: they bring a filing into a state by acting, never by assignment."""
import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from remote_care.models import Filing
from remote_care.services import open_filing
from xinyijian.casework import documents
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.workflow import act

PLACE = "440100"  # Guangzhou
MINUTE = timedelta(minutes=1)
ANSWERS = {
    "place_id": PLACE, "resident_since": date(2024, 3, 1), "basis": "documents", "remote_address": "天河路 100 号 3 栋 402",
    "contact_name": "李晓兰", "contact_phone": "19900000001",
}


def photo(colour="white") -> SimpleUploadedFile:
    """A small real picture; another colour is another document."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile("proof.jpg", out.getvalue(), "image/jpeg")


def draft(town, *, at, person=None, by=None, promise=True, papers=("identity_card",), **answers) -> Filing:
    """Filled in, with these papers, not yet sent. By default the mother's, filed by her daughter."""
    filing = open_filing(person or town.mother_person, by=by or town.lan, at=at)
    signed = {"notice_read_at": at, "notice_version": "1", "promise_signed_at": at if promise else None}
    Filing.objects.filter(pk=filing.pk).update(**ANSWERS | signed | answers)
    for kind in papers:  # the same picture each time: drawn once a person, then reused
        documents.receive(filing.docket, kind, photo(), by=filing.opened_by, at=at)
    return Filing.objects.get(pk=filing.pk)


def submitted(town, *, at, **more) -> Filing:
    filing = draft(town, at=at, **more)
    return act(filing.submit, by=filing.opened_by, at=at)


def accepted(town, *, at, **more) -> Filing:
    return act(submitted(town, at=at, **more).accept, by=town.clerk, at=at + MINUTE)


def in_force(town, *, at, **more) -> Filing:
    """In force; with a gap unless all papers were given."""
    filing = accepted(town, at=at, **more)
    return act(filing.put_in_force, by=PLATFORM, at=at + 2 * MINUTE, number=f"N{filing.pk}")


def with_paper(filing, code, *, by, at) -> Filing:
    """The person hands in a missing document."""
    document = documents.receive(filing.docket, code, photo(), by=by, at=at)
    return act(filing.give_missing, by=by, at=at, code=code, document=document)
