"""Many rows in one statement: each column travels as one array, a column of equal values as one value."""
from django.db import connections


def _columns(model, names, rows):
    """(FROM item, values): `unnest(...)` over the rows, named like the model's columns."""
    fields = [model._meta.get_field(n) for n in names]
    db = connections["default"]  # asked once: the lazy `connection` costs more than the value it converts
    arrays, values = [], []
    for field, column in zip(fields, zip(*rows, strict=True), strict=True):
        kind = field.rel_db_type(db) if field.is_relation else field.db_type(db)
        # Without the length: a cast to varchar(20) would cut in silence.
        arrays.append(f"%s::{kind.split('(')[0]}[]")
        values.append([_plain(field, v, db) for v in column])
    names = ", ".join(f.column for f in fields)
    return f"unnest({', '.join(arrays)}) AS new({names})", values


def _plain(field, value, db):
    if value is None or type(value) in (int, str):
        return value
    return field.get_db_prep_save(value, db)


def update_many(model, names, rows):
    """Each row is the primary key and then the values of `names`."""
    source, values = _columns(model, ("id", *names), rows)
    sets = ", ".join(f"{c} = new.{c}" for c in (model._meta.get_field(n).column for n in names))
    found = _run(f"UPDATE {model._meta.db_table} old SET {sets} FROM {source} WHERE old.id = new.id RETURNING old.id", values)
    assert len(found) == len(rows), f"{len(rows)} rows of {model._meta.label} sent, {len(found)} written"


def insert_many(model, names, rows, returning="id") -> list[tuple]:
    """New rows; what the statement returns of each, in no promised order."""
    if not rows:
        return []
    source, values = _columns(model, names, rows)
    columns = ", ".join(model._meta.get_field(n).column for n in names)
    return _run(f"INSERT INTO {model._meta.db_table} ({columns}) SELECT * FROM {source} RETURNING {returning}", values)


def _run(sql, values):
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
