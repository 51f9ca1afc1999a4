"""Pages on the disk under the first of FIELD_KEYS: folder by folder; who reads meanwhile sees the old file or the new one, never half.

A page that has the key already is not opened beyond its first bytes, so a killed run simply goes on. What a killed run left half written
is taken away by the next one.
"""
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xinyijian.people import crypto

from . import page_store


@dataclass
class Batch:
    """What became of one folder."""

    sealed: int = 0
    unreadable: list[str] = field(default_factory=list)  # names of files; evidence, so they stay as they are


def folders() -> list[Path]:
    """Every folder of pages, in order."""
    return sorted(path for path in page_store.root().glob("??") if path.is_dir())


def rotate() -> Iterator[Batch]:
    """Seal anew whatever another key or cipher sealed; one batch for each folder."""
    head = b".".join(crypto.seal(b"", "").split(b".", 2)[:2]) + b"."  # key and cipher, as every file begins that has them
    for folder in folders():
        yield _folder(folder, head)


def _folder(folder, head):
    batch = Batch()
    for path in sorted(folder.iterdir()):
        with page_store.held(folder):  # a page whose term ends just now is not brought back
            if path.name.endswith(page_store.HALF):
                path.unlink(missing_ok=True)
            elif path.exists() and not _starts_with(path, head):
                _anew(path, batch)
    return batch


def _anew(path, batch):
    try:
        page_store.replace(path, crypto.seal(crypto.unseal(path.read_bytes(), path.name), path.name))
    except crypto.Unreadable:
        batch.unreadable.append(path.name)
    else:
        batch.sealed += 1


def _starts_with(path, head):
    with open(os.open(path, os.O_RDONLY), "rb") as file:
        return file.read(len(head)) == head
