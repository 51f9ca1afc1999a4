"""Page pictures on disk: one sealed file a page, random names, outside every folder that a web server serves."""
import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from xinyijian.people import crypto

HALF = ".half"  # ends the name of what is being written in a page's place


def root() -> Path:
    """Where the pages lie."""
    return settings.DATA_DIR / "documents"


def keep(pages: list[bytes]) -> str:
    """Write all pages to the disk, or none; returns the random name under which they stand. OSError when there is no room."""
    stored = secrets.token_hex(16)
    try:
        for number, page in enumerate(pages, start=1):
            _write(_path(stored, number), crypto.seal(page, f"{stored}.{number}"))
    except OSError:
        remove(stored)
        raise
    return stored


def read(stored: str, number: int) -> bytes:
    """One page (from 1) as JPEG."""
    return crypto.unseal(_path(stored, number).read_bytes(), f"{stored}.{number}")


def remove(stored: str) -> None:
    """Delete all pages under that name; nothing to delete is fine."""
    folder = root() / stored[:2]
    if not folder.is_dir():
        return
    with held(folder):
        for path in (*folder.glob(f"{stored}.*"), *folder.glob(f".{stored}.*{HALF}")):
            path.unlink(missing_ok=True)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While this lasts nobody else removes or replaces pages in that folder; whoever died lets go."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replace(path: Path, data: bytes) -> None:
    """Put other bytes in a page's place at once: whoever reads gets the old ones or the new ones. The caller holds the folder."""
    half = path.with_name(f".{path.name}{HALF}")
    half.unlink(missing_ok=True)  # of a run that was killed
    _write(half, data)
    os.replace(half, path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def kept(stored: str) -> int:
    """How many pages stand under that name."""
    return sum(1 for _path in (root() / stored[:2]).glob(f"{stored}.*"))


def names_older_than(seconds: float) -> Iterator[str]:
    """Names of what was written at least that long ago, each once."""
    for first in root().glob("??/*.1"):
        if first.stat().st_mtime <= time.time() - seconds:
            yield first.name.removesuffix(".1")


def _path(stored, number) -> Path:
    return root() / stored[:2] / f"{stored}.{number}"


def _write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())  # the row that names it is committed after it
