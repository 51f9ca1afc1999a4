"""The files, chunk by chunk, in constant memory; and processes that look at chunks."""

import csv
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from django.conf import settings

LINES, STRAY = 20_000, 1_000  # lines of a chunk; lines after which an open quotation mark is taken for a mistake
SMALL = 2_000_000  # bytes below which starting processes takes longer than the work
KEYS = ("FIELD_KEYS", "FIELD_CIPHER", "INDEX_KEY")


class Unfit(Exception):
    """The file as a whole cannot be read; nothing was taken from it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole rows of a file: `first` is the number of the first line, as an editor counts (the header is line 1)."""

    first: int
    text: str
    order: tuple[int, ...]  # where in a row each column stands


def read_header(path: Path, columns: tuple[str, ...], encoding: str) -> None:
    """Raises Unfit when the first line does not name the columns."""
    next(chunks(path, columns, encoding, lambda position: None))


def chunks(path: Path, columns: tuple[str, ...], encoding: str, watch: Callable[[int], None]) -> Iterator[Chunk]:
    """All rows below the header. `watch` hears how many bytes have been read. Raises Unfit."""
    try:
        with open(path, encoding=encoding, newline="") as file:
            order = _order(file.readline(), columns, path)
            first, lines = 2, []
            for number, line in enumerate(file, start=2):
                lines.append(line)
                if len(lines) >= LINES and _closed(lines, first, path):
                    yield Chunk(first, "".join(lines), order)
                    watch(file.buffer.tell())
                    first, lines = number + 1, []
            yield Chunk(first, "".join(lines), order)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unfit(f"{path} is not written in {encoding} (a file from Windows: --encoding gb18030): {error}") from error


def _order(header, columns, path) -> tuple[int, ...]:
    found = next(csv.reader([header]), [])
    if sorted(found) != sorted(columns):
        raise Unfit(f"The first line of {path} must name these columns: {', '.join(columns)}. It names: {', '.join(found)}")
    return tuple(found.index(column) for column in columns)


def _closed(lines, first, path) -> bool:
    """Whether the last line ends a row: an odd number of quotation marks says that a cell goes on."""
    if sum(line.count('"') for line in lines) % 2 == 0:
        return True
    if len(lines) > LINES + STRAY:
        raise Unfit(f"{path}: a quotation mark that opens after line {first} is never closed.")
    return False


@contextmanager
def processes(size: int):
    """A pool for a file of so many bytes; None for a small one."""
    if size < SMALL:
        yield None
        return
    keys = {name: getattr(settings, name) for name in KEYS}
    # "spawn": a process must not inherit our connection, or a killed import would hold its locks until the last of them ends.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(2, os.cpu_count() or 1), mp_context=context, initializer=_begin, initargs=(keys,)) as pool:
        yield pool


def _begin(keys):
    if not settings.configured:
        settings.configure(**keys)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent():
    wait([multiprocessing.parent_process().sentinel])
    os._exit(1)


def mapped(pool, deed: Callable, tasks: Iterable) -> Iterator:
    """deed(task) for each task, in order; with a pool, a few tasks ahead."""
    if pool is None:
        yield from map(deed, tasks)
        return
    ahead, waiting = 2 * (os.cpu_count() or 1), deque()
    for task in tasks:
        waiting.append(pool.submit(deed, task))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
