"""Small figures are hidden, so that nobody is recognised in what is printed or sent on."""


def hidden(counts: dict, least: int) -> set:
    """The keys that are hidden: those below `least` (nought says nothing of anybody), and the smallest others as long as the hidden
    ones could be had by subtracting the rest from the total."""
    small = [key for key, count in counts.items() if 0 < count < least]
    rest = sorted((key for key, count in counts.items() if count >= least), key=lambda key: (counts[key], str(key)))
    also = []
    while small and rest and _told(small, also, counts, least):
        also.append(rest.pop(0))
    return {*small, *also}


def _told(small, also, counts, least):
    """Whether their sum says each of them: there is only one, or the sum is the least or the most that so many can make."""
    total = sum(counts[key] for key in (*small, *also))
    fewest = len(small) + least * len(also)
    return len(small) + len(also) == 1 or total == fewest or not also and total == len(small) * (least - 1)


def shown(count: int, least: int, hide: bool) -> str:
    """The figure, or "<5"; of one that is hidden only for the sake of another, "–"."""
    if not hide:
        return str(count)
    return f"<{least}" if count < least else "–"
