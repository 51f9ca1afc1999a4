"""Bars as SVG, computed here and drawn by a template: no script, no style, and the table beside says the same in figures."""
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 240, 40, 34, 10  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str  # read out, and shown by the pointer


def bars(labels, series) -> dict:
    """Groups of bars: `series` is [(name, [count or None])]; what is hidden (None) is not drawn."""
    most = max((count or 0 for _name, counts in series for count in counts), default=0)
    top, group = _round_up(most), (WIDTH - LEFT) / max(len(labels), 1)
    thick, room = group * 0.8 / max(len(series), 1), HEIGHT - BOTTOM - TOP
    drawn = []
    for number, (name, counts) in enumerate(series):
        for place, count in enumerate(counts):
            high = room * (count or 0) / top
            x = LEFT + place * group + group * 0.1 + number * thick
            if count:
                drawn.append(Bar(round(x, 1), round(HEIGHT - BOTTOM - high, 1), round(thick * 0.9, 1), round(high, 1), number,
                                 f"{labels[place]} · {name}: {count}"))
    every = -(-len(labels) // 12)  # at most twelve words below
    ticks = [{"y": round(HEIGHT - BOTTOM - room * part / 2, 1), "text": top * part // 2} for part in range(3)]
    named = [{"x": round(LEFT + (place + 0.5) * group, 1), "text": label} for place, label in enumerate(labels) if place % every == 0]
    return {"bars": drawn, "ticks": ticks, "labels": named, "series": [name for name, _counts in series], "any": bool(drawn),
            "width": WIDTH, "height": HEIGHT, "left": LEFT, "base": HEIGHT - BOTTOM, "below": HEIGHT - BOTTOM + 18}


def _round_up(most):
    """An even number at least as large, with few digits: 0 → 2, 7 → 8, 130 → 200."""
    step = 2
    while step < most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
