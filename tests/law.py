"""The law of the land for tests: the shipped packs and the working calendar, read once and laid down quickly."""
import pytest

from xinyijian.policies import forget, packs, years
from xinyijian.policies.models import CalendarDay, CalendarYear, Pack, Reference, Value

from .kept import kept
from .town import JAN_1


@pytest.fixture
def law(db):
    """The packs' rules and the calendar, as shipped in fixtures/."""
    if not Pack.objects.exists():  # unless the module has laid them for all its tests
        lay()
    yield
    forget()


@kept(Reference, Pack, Value, CalendarYear, CalendarDay)
def _laws():
    packs.write_packs(packs.read_packs(), JAN_1)
    years.load_years(years.read_years())


def lay():
    """The same for whoever has a transaction of her own; then `forget()` is hers too."""
    _laws()
    forget()
