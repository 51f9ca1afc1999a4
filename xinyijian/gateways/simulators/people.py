"""Whom the simulated platform insures: the demo's people and some more, each with what the credit subsystem says of her."""
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from . import store

FILES = ("people", "platform_people")
COLUMNS = ("psn_no", "name", "cert_type", "cert_number", "born_on", "sex", "region_id", "insutype", "psn_type", "balc",
           "grade", "valid_from", "valid_until")
USUAL = {"cert_type": "01", "insutype": "390", "psn_type": "15", "balc": "0", "grade": "", "valid_from": "", "valid_until": "", "sex": "0"}
GRADES = ("", "excellent", "good", "fair", "poor")


def load() -> None:
    """The files' people, as long as the store does not know them: what was changed on the page stays."""
    for name in FILES:
        content = yaml.safe_load((Path(settings.BASE_DIR) / "fixtures" / f"{name}.yaml").read_text(encoding="utf-8"))
        grades = {psn_no: grade for psn_no, grade, *_ in content.get("standings", ()) if grade in GRADES}
        add([{"grade": grades.get(row["psn_no"], "")} | row for row in content["persons"]])


def add(rows) -> None:
    """More people; whoever is known stays as she is. ValueError or KeyError for a row that is none."""
    values = [_values(row) for row in rows]
    marks = ", ".join("?" for _column in COLUMNS)
    with store.opened() as known:
        known.executemany(f"INSERT OR IGNORE INTO person ({', '.join(COLUMNS)}) VALUES ({marks})", values)


def _values(row):
    full = USUAL | row
    if full["grade"] and not full["valid_from"]:
        full |= _this_year_and_next()
    return [str(full[name]) for name in COLUMNS]


def _this_year_and_next():
    year = datetime.now(ZoneInfo("Asia/Shanghai")).year
    return {"valid_from": f"{year}-01-01", "valid_until": f"{year + 1}-12-31"}


def everybody() -> list[dict]:
    """All of them, in the order of their numbers."""
    with store.opened() as rows:
        return [dict(row) for row in rows.execute("SELECT * FROM person ORDER BY psn_no")]


def one(psn_no: str) -> dict | None:
    """The person with that insurance number."""
    with store.opened() as rows:
        found = rows.execute("SELECT * FROM person WHERE psn_no = ?", [psn_no]).fetchone()
    return dict(found) if found else None


def holder(cert_type, cert_number, name) -> dict | None:
    """Certificate and name must both fit."""
    asked = [cert_type, str(cert_number).upper(), name]
    with store.opened() as rows:
        found = rows.execute("SELECT * FROM person WHERE cert_type = ? AND cert_number = ? AND name = ?", asked).fetchone()
    return dict(found) if found else None


def grade(psn_no: str, to: str) -> None:
    """What the credit subsystem says from now on; "" is not rated. ValueError for an unknown grade."""
    if to not in GRADES:
        raise ValueError("unknown grade")
    span = _this_year_and_next() if to else {"valid_from": "", "valid_until": ""}
    with store.opened() as rows:
        rows.execute("UPDATE person SET grade = ?, valid_from = ?, valid_until = ? WHERE psn_no = ?", [to, *span.values(), psn_no])
