"""Every sealed value under the first of FIELD_KEYS. Rows that have it already are not read, so a killed run simply goes on."""
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast

from .crypto import EncryptedTextField, decrypt, encrypt

BATCH = 1000


def sealed_fields() -> Iterator[tuple]:
    """(model, field) of every sealed column that there is, in the table where it stands."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield from ((model, field) for field in model._meta.local_fields if isinstance(field, EncryptedTextField))


def is_append_only(model) -> bool:
    """Whether its rows are evidence, which nobody rewrites."""
    return getattr(model, "append_only", False)


def waiting(model, field):
    """Its values that another key or cipher sealed: {pk, sealed}, as they are stored."""
    label = encrypt("x").rsplit(".", 1)[0] + "."
    stored = Cast(models.F(field.name), models.TextField())  # a plain text field: what is stored, not what it says
    rows = model._base_manager.annotate(sealed=stored).exclude(sealed=None).exclude(sealed="")
    return rows.exclude(sealed__startswith=label).order_by("pk").values_list("pk", "sealed")


def rotate(model, field) -> Iterator[int]:
    """Batch by batch, each a transaction of its own; yields how many values were sealed anew."""
    while count := _next_batch(model, field):
        yield count


@transaction.atomic
def _next_batch(model, field) -> int:
    rows = list(waiting(model, field).select_for_update(of=("self",))[:BATCH])
    if rows:
        _write(model, field, [pk for pk, _sealed in rows], [encrypt(decrypt(sealed)) for _pk, sealed in rows])
    return len(rows)


def _write(model, field, keys, values):
    """One statement a batch; the digests beside a value do not change, because the value does not."""
    table, column, key = map(connection.ops.quote_name, (model._meta.db_table, field.column, model._meta.pk.column))
    kind = model._meta.pk.rel_db_type(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = new.value FROM unnest(%s::{kind}[], %s::text[]) AS new(id, value) "
                       f"WHERE {table}.{key} = new.id", [keys, values])


def first_key() -> str:
    """The name of the key that writes."""
    return settings.FIELD_KEYS[0].partition(":")[0]
