"""A page of the worklist at 1,000,000 cases, at any depth, against OFFSET and COUNT over the same index."""

import random
import statistics

from django.core.paginator import Paginator

from bench.ground import CASES, due_moment, seed
from bench.measure import seconds
from xinyijian.casework.models import Docket
from xinyijian.casework.worklist import page_of
from xinyijian.people.models import User

SIZE, SAMPLES, SEED = 50, 60, 20261123


def run():
    seed(filings=False)
    clerk, at = User.objects.get(username="clerk"), due_moment(0)
    waiting = Docket.objects.filter(region="439901", queue_role="clerk", closed_at=None).order_by("due_at", "pk")
    depths = random.Random(SEED).sample(range(0, waiting.count() - SIZE, SIZE), SAMPLES)
    places = [waiting.values_list("due_at", "pk")[depth] for depth in depths]
    _same_rows(clerk, at, waiting, depths[0], places[0])
    ours, theirs, first = [], [], []
    for depth, place in zip(depths, places, strict=True):
        ours.append(seconds(lambda place=place: page_of(clerk, at, after=place, size=SIZE)))
        theirs.append(seconds(lambda depth=depth: _by_offset(waiting, depth)))
        first.append(seconds(lambda: page_of(clerk, at, size=SIZE)))
    return [
        _figure("worklist page p95 / OFFSET + COUNT p95 (times faster)", 20.0, _p95(theirs) / _p95(ours), ours, theirs, at_least=True),
        _figure(
            "worklist page anywhere / first page (median)",
            1.5,
            statistics.median(ours) / statistics.median(first),
            ours,
            first,
            at_least=False,
        ),
    ]


def _by_offset(waiting, depth):
    """What Django's paginator and a list view do."""
    page = Paginator(waiting.select_related("person"), SIZE).page(depth // SIZE + 1)
    return list(page.object_list), page.paginator.count


def _same_rows(clerk, at, waiting, depth, place):
    mine = [d.pk for d in page_of(clerk, at, after=place, size=SIZE).rows]
    if mine != list(waiting.values_list("pk", flat=True)[depth + 1 : depth + 1 + SIZE]):
        raise SystemExit("the two sides show different rows")


def _p95(times):
    return statistics.quantiles(times, n=20)[-1]


def _figure(name, target, ratio, ours, theirs, *, at_least):
    raw = {
        side: {"p50": round(statistics.median(t) * 1e3, 2), "p95": round(_p95(t) * 1e3, 2)}
        for side, t in (("ours", ours), ("theirs", theirs))
    }
    met = ratio >= target if at_least else ratio <= target
    return {"name": name, "ratio": round(ratio, 2), "target": target, "met": met, "raw": raw | {"unit": "ms", "cases": CASES}}
