"""Her data as a file: made for one answer and kept nowhere. JSON for machines, a page for people, both in one ZIP."""

import io
import json
import zipfile
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.encoding import force_str
from django.utils.functional import Promise

from xinyijian import audit

from . import mine

FORMAT = "xinyijian.my-data/1"


def export(person, *, by, at) -> bytes:
    """The ZIP, after the export is on record. Relatives stay masked: they are not hers to export."""
    audit.record(
        "people.Person", "export", by=by, at=at, object_id=person.pk, person_id=person.pk, region=person.region_id, data={"as": FORMAT}
    )
    facts = mine.facts_of(person, masked=False)
    sections = [*mine.sections_of(person, masked=False), mine.all_looked(person)]
    return _zipped({"my-data.json": as_json(facts, sections, at), "my-data.html": as_page(facts, sections, at)})


def as_json(facts, sections, at) -> str:
    """Machine-readable: codes as keys, moments in ISO form."""
    content = {"format": FORMAT, "made_at": at, "person": {fact["code"]: fact["value"] for fact in facts}}
    content |= {section.code: section.rows for section in sections}
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1)


def as_page(facts, sections, at) -> str:
    """Readable without us: one page, no pictures, nothing loaded from elsewhere."""
    return render_to_string("data_rights/export.html", {"facts": facts, "sections": sections, "at": at})


def _plain(value):
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Promise):
        return force_str(value)
    raise TypeError(f"{type(value).__name__} in an export")


def _zipped(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
