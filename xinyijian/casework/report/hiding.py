"""Small figures are hidden, so that nobody is recognised in what is printed or sent on."""


def hidden(counts: dict, least: int) -> set:
    """The keys that are hidden: those below `least` (nought says nothing of anybody), and the smallest other one where a single
    hidden figure could be had by subtracting the rest from the total."""
    small = {key for key, count in counts.items() if 0 < count < least}
    rest = {key: count for key, count in counts.items() if count >= least}
    if len(small) == 1 and rest:
        small.add(min(rest, key=lambda key: (rest[key], str(key))))
    return small


def shown(count: int, least: int, hide: bool) -> str:
    """The figure, or "<5"; of one that is hidden only for the sake of another, "–"."""
    if not hide:
        return str(count)
    return f"<{least}" if count < least else "–"
