"""Makers: they bring a filing into a state by acting, never by assignment."""
import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from remote_care.models import Filing
from remote_care.services import open_filing
from xinyijian.care.models import Coverage
from xinyijian.casework import documents
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.models import Docket
from xinyijian.casework.workflow import act
from xinyijian.people.models import Person

FULL = ("identity_card", "residence_proof")
PLACE = "440100"  # Guangzhou
MINUTE = timedelta(minutes=1)
ANSWERS = {
    "type": "long_residence", "place_id": PLACE, "resident_since": date(2024, 3, 1), "basis": "documents",
    "remote_address": "天河路 100 号 3 栋 402", "contact_name": "李晓兰", "contact_phone": "19900000001",
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


def copies(filing, count) -> list[int]:
    """The filing once more for so many further people, copied row by row in SQL: the primary keys."""
    with connection.cursor() as cursor:
        for table, own, rest in _copied(filing):
            columns = ", ".join(f'"{c}"' for c in rest)
            values = ", ".join(own.get(c, f'"{c}"') for c in rest)
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, %s) n WHERE {table}.id = %s "
                           f"RETURNING id", [count, _FROM[table](filing)])
            made = [pk for pk, in cursor.fetchall()]
    return made


_FROM = {"people_person": lambda f: f.person_id, "casework_docket": lambda f: f.docket_id, "remote_care_filing": lambda f: f.pk,
         "care_coverage": lambda f: Coverage.objects.get(case_number=f.number).pk}


def _copied(filing):
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM people_person_id_seq")
        person = cursor.fetchone()[0]
        cursor.execute("SELECT last_value FROM casework_docket_id_seq")
        docket = cursor.fetchone()[0]
    mark = f"'{docket}-' || n"
    person_id, docket_id = f"{person} + n", f"{docket} + n"
    yield "people_person", {"cert_digest": mark, "psn_no": mark}, _columns(Person)
    yield "casework_docket", {"number": mark, "person_id": person_id}, _columns(Docket)
    yield "care_coverage", {"case_number": mark, "person_id": person_id}, _columns(Coverage)
    own = {"number": mark, "platform_number": mark, "person_id": person_id, "docket_id": docket_id}
    own |= {"start_key": "NULL::uuid", "agent_id": "NULL::bigint"}
    yield "remote_care_filing", own, _columns(Filing)


def _columns(model):
    return [f.column for f in model._meta.concrete_fields if f.name != "id"]
