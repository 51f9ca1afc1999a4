"""The packs of fixtures/ and the working calendar, in the database of a test."""
from copy import deepcopy
from datetime import datetime
from functools import cache

from xinyijian.casework.days import SHANGHAI
from xinyijian.policies.packs import read_packs, write_packs
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
