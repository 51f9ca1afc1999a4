"""The packs of fixtures/ and the working calendar, in the database of a test."""
from copy import deepcopy
from datetime import datetime
from functools import cache

from xinyijian.casework.days import SHANGHAI
from xinyijian.policies.packs import read_packs, write_packs
from xinyijian.policies.parameters import DECLARED
from xinyijian.policies.params import Source, make
from xinyijian.policies.years import load_years, read_years

LOADED_AT = datetime(2025, 1, 1, tzinfo=SHANGHAI)


def load():
    """As load_calendar and load_policies do; the files are read once."""
    load_years(_years())
    return write_packs(deepcopy(_packs()), LOADED_AT)


@cache
def _years():
    return read_years()


@cache
def _packs():
    return read_packs()


@cache
def params_of(region, folder=None):
    """The values of remote_care in one pack, straight from its file."""
    found = read_packs(folder) if folder else _packs()
    values = [value for value in found.values if (value.region, value.service) == (region, "remote_care")]
    typed = {value.name: DECLARED["remote_care"][value.name].read(value.content) for value in values}
    return make("remote_care", region, None, typed, {value.name: Source(value.grade, value.reference_id or "") for value in values})
