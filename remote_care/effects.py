"""What a step of a filing writes in lower layers: the coverage that every service asks about."""
from xinyijian.care import coverage
from xinyijian.care.models import Coverage
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket


def begin_coverage(filings, *, at, by, inputs):
    """The filing counts from its start on, for every service that asks."""
    coverage.begin(Coverage.Kind.REMOTE_FILING, filings)


def end_coverage(filings, *, at, by, inputs):
    """The filing no longer counts after today."""
    coverage.end([f.number for f in filings], on=day_of(at), because=filings[0].status)


def close_coverage(filings, *, at, by, inputs):
    """It has run out; pressed at midnight or days later, its last day is the one that was filed."""
    coverage.end([f.number for f in filings], because=filings[0].status)


def call_hospital(filings, *, at, by, inputs):
    """A hospital where somebody lies whose bill is not settled yet gets the filing among its tasks."""
    for filing in filings:
        if filing.organisation_id:
            Docket.objects.filter(pk=filing.docket_id).exclude(organisation=filing.organisation_id).update(
                organisation=filing.organisation_id)
