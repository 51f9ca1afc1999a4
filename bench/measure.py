"""Measuring: alternated pairs, medians, and no ratio when the two sides left different rows."""

import statistics
from time import perf_counter


def seconds(deed) -> float:
    """Wall time of one call."""
    start = perf_counter()
    deed()
    return perf_counter() - start


def result(name, target, ours, theirs, *, unit, per=1, scale=1e3, note="", lower=True) -> dict:
    """{name, ratio, target, met, raw} of two lists of seconds; the ratio of medians."""
    one, other = statistics.median(ours), statistics.median(theirs)
    ratio = one / other if lower else other / one
    raw = {
        "ours": [round(t * scale / per, 3) for t in ours],
        "theirs": [round(t * scale / per, 3) for t in theirs],
        "unit": unit,
        "note": note,
    }
    return {"name": name, "ratio": round(ratio, 2), "target": target, "met": ratio <= target if lower else ratio >= target, "raw": raw}
