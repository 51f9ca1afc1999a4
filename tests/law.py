"""The law of the land for tests: the shipped packs and the working calendar, read once and laid down quickly."""
from functools import cache

import pytest

from xinyijian.policies import forget, packs, years
from xinyijian.policies.models import CalendarDay, CalendarYear, Pack, Reference, Value

from .town import JAN_1

TABLES = (Reference, Pack, Value, CalendarYear, CalendarDay)


@pytest.fixture
def law(db):
    """The packs' rules and the calendar, as shipped in fixtures/."""
    if not Pack.objects.exists():  # unless the module has laid them for all its tests
        lay()
    yield
    forget()


def lay():
    """The same for whoever has a transaction of her own; then `forget()` is hers too."""
    for model, rows in _rows().items():
        model.objects.bulk_create(rows)
    forget()


@cache
def _rows():
    """What the loaders write, taken once from a transaction that is then undone."""
    from django.db import transaction

    with transaction.atomic():
        packs.write_packs(packs.read_packs(), JAN_1)
        years.load_years(years.read_years())
        rows = {model: list(model.objects.all()) for model in TABLES}
        transaction.set_rollback(True)
    return rows
