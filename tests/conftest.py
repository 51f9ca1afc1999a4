"""What every test may ask for."""
from math import inf

import pytest
from django.test.utils import CaptureQueriesContext

from xinyijian.policies import params

from .town import build


@pytest.fixture
def town(db):
    """The small town in which the tests happen (town.py): people, posts and places; no case is open in it."""
    return build()


@pytest.fixture(scope="session", autouse=True)
def counted_calmly():
    """While queries are counted, no clock asks whether the policies have changed: a page would cost one more now and then."""
    begin, end = CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__

    def calm(counted):
        counted.ages, params.MIN_AGE, params.MAX_AGE = (params.MIN_AGE, params.MAX_AGE), inf, inf
        return begin(counted)

    def again(counted, *trouble):
        params.MIN_AGE, params.MAX_AGE = counted.ages
        return end(counted, *trouble)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "__enter__", calm)
        patch.setattr(CaptureQueriesContext, "__exit__", again)
        yield
