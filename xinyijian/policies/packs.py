"""Packs: YAML files of values. Checked as a whole, then written; a value that an officer has edited is never touched."""
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from .models import Grade, Pack, Reference, Value
from .parameters import DECLARED, stored
from .services import load_values, state

FOLDER = settings.BASE_DIR / "fixtures" / "policies"
ENTRY_KEYS = {"value", "grade", "source", "note", "note_en", "valid_from", "valid_until"}


class BadPack(ValueError):
    """Everything that is wrong with the files, one line each."""


@dataclass
class Packs:
    """What the files say, before anything is written."""

    references: dict[str, dict] = field(default_factory=dict)
    packs: list[dict] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_packs(folder: Path = FOLDER) -> Packs:
    """All packs of a folder, with sources.yaml; raises BadPack with every problem."""
    found = Packs(references=_yaml(folder / "sources.yaml"))
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "sources.yaml":
            _read_pack(path.name, _yaml(path), found)
    if found.problems:
        raise BadPack("\n".join(found.problems))
    return found


@transaction.atomic
def write_packs(found: Packs, at) -> Counter:
    """Bring the tables to what the packs say; counts added, changed, unchanged and kept because edited."""
    references = [Reference(id=key, **titles) for key, titles in found.references.items()]
    Reference.objects.bulk_create(references, update_conflicts=True, unique_fields=["id"], update_fields=["title", "title_en"])
    for pack in found.packs:
        Pack.objects.update_or_create(region=pack["region"], defaults={**pack, "loaded_at": at})
    return _write(found.values, at)


def _yaml(path) -> dict:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}


def _read_pack(name, content, found):
    pack = {key: content.pop(key) for key in ("region", "title", "title_en")}
    begins = content.pop("valid_from")
    content.pop("papers", None)  # a place for YAML anchors
    found.packs.append(pack)
    for service, parameters in content.items():
        for parameter, entries in parameters.items():
            for entry in entries if isinstance(entries, list) else [entries]:
                where = f"{name}: {service}.{parameter}"
                problems = list(_problems(service, parameter, entry, found.references))
                found.problems += [f"{where}: {problem}" for problem in problems]
                if not problems:
                    found.values.append(_value(pack["region"], service, parameter, entry, begins))


def _problems(service, name, entry, references):
    parameter = DECLARED.get(service, {}).get(name)
    if parameter is None:
        yield "is not declared"
        return
    if not isinstance(entry, dict) or "value" not in entry or entry.keys() - ENTRY_KEYS:
        yield f"needs value and grade, and knows only {', '.join(sorted(ENTRY_KEYS))}"
        return
    try:
        parameter.read(entry["value"])
    except ValueError as wrong:
        yield str(wrong)
    if entry.get("grade") not in Grade.values:
        yield f"grade is one of {', '.join(Grade.values)}"
    if "source" not in entry and entry.get("grade") == Grade.SOURCED:
        yield "a sourced value names its source"
    if entry.get("source") and entry["source"] not in references:
        yield f"source {entry['source']} is not in sources.yaml"


def _value(region, service, name, entry, begins):
    typed = DECLARED[service][name].read(entry["value"])
    return Value(
        service=service, name=name, region=region, content=stored(typed), grade=entry["grade"], reference_id=entry.get("source"),
        note=entry.get("note", ""), note_en=entry.get("note_en", ""),
        valid_from=entry.get("valid_from", begins), valid_until=entry.get("valid_until"))


def _write(values, at) -> Counter:
    there = defaultdict(list)
    for row in Value.objects.filter(in_force=True):
        there[row.service, row.name, row.region].append(row)
    counts, added, changed = Counter(), [], []
    for value in values:
        same = there[value.service, value.name, value.region]
        old = next((row for row in same if row.valid_from == value.valid_from), None)
        if any(row.edited_by_id and (row is old or _overlap(row, value)) for row in same):
            counts["kept because edited"] += 1
        elif old is None:
            added.append(value)
        elif state(old) == state(value):
            counts["unchanged"] += 1
        else:
            value.pk = old.pk
            changed.append((value, state(old)))
    load_values(added, changed, at=at)
    return counts + Counter(added=len(added), changed=len(changed))


def _overlap(one, other) -> bool:
    return one.valid_from <= (other.valid_until or date.max) and other.valid_from <= (one.valid_until or date.max)
