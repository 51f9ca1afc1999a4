"""Documents (材料): what people hand in, kept as redrawn page pictures and read only through a case that one may see."""
import hashlib
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.db import transaction

from . import page_store
from .models import Document, ErasedPages
from .paper_checks import LARGEST, MESSAGES, check_content, check_name, form_of, refusal

log = structlog.get_logger(__name__)

DRAWING = Path(__file__).with_name("drawing.py")
LONGEST_DRAWING = 30  # seconds
drawers = threading.BoundedSemaphore(2)  # each may take a gigabyte


@dataclass(frozen=True)
class Paper:
    """A file that was looked at and drawn; a form takes it for the file itself. No pages: the person gave the same before."""

    name: str
    size: int
    sha256: str
    mime: str
    pages: list


def drawn(uploaded_file, person_id) -> Paper:
    """What `receive` needs, made before anything is locked, because drawing may take half a minute. ValidationError in clear words."""
    if isinstance(uploaded_file, Paper):
        return uploaded_file
    data, name = read_upload(uploaded_file)
    mime, form = form_of(data)
    check_content(data, form)
    sha256 = hashlib.sha256(data).hexdigest()
    known = still_kept().filter(person=person_id, sha256=sha256).exists()
    return Paper(name, len(data), sha256, mime, [] if known else draw(data, form))


def receive(docket, kind: str, file, *, by, at, title: str = "") -> Document:
    """Keep a file for a case, or say with ValidationError what is wrong with it, why, and what to do; then nothing was kept.

    The same file given again for the same person is not kept twice: for the same purpose the earlier row comes back, for another
    case or purpose a row whose `reused_from` names the earlier one. The caller tells the person so.
    """
    paper = drawn(file, docket.person_id)
    row = Document(docket=docket, person_id=docket.person_id, kind=kind, title=title, sha256=paper.sha256, mime=paper.mime, size=paper.size,
                   original_name=paper.name[:200], received_at=at, received_by=by)
    earlier = still_kept().filter(person=docket.person_id, sha256=paper.sha256).order_by("pk")
    same = [one for one in earlier if (one.docket_id, one.kind) == (docket.pk, kind)]
    return same[0] if same else _reuse(row, earlier[0]) if earlier else _keep(row, paper.pages)


def still_kept():
    """The documents whose pictures were not removed when their term was over."""
    return Document.objects.exclude(stored__in=ErasedPages.objects.values("stored"))


def give_again(earlier: Document, docket, kind: str, *, by, at) -> Document:
    """A paper of the same person from another case, for this one too: nothing is received twice. The caller has asked who may see it."""
    if earlier.person_id != docket.person_id:
        raise ValueError("a paper serves its own person only")
    row = Document(docket=docket, person_id=docket.person_id, kind=kind, title=earlier.title, sha256=earlier.sha256, mime=earlier.mime,
                   size=earlier.size, original_name=earlier.original_name, received_at=at, received_by=by)
    return _reuse(row, earlier)


def read_upload(uploaded_file) -> tuple[bytes, str]:
    """The bytes and the name, when both may be looked at further."""
    name = uploaded_file.name or ""
    check_name(name)
    if uploaded_file.size == 0:
        raise refusal("empty")
    if uploaded_file.size > LARGEST:
        raise refusal("too_large")
    uploaded_file.seek(0)
    return uploaded_file.read(), name


def draw(data: bytes, form: str) -> list[bytes]:
    """The pages as JPEG, drawn by a confined process; ValidationError when the file cannot or must not be opened."""
    try:
        with drawers:
            done = subprocess.run([sys.executable, "-I", DRAWING, form], input=data, capture_output=True, timeout=LONGEST_DRAWING, env={})
    except subprocess.TimeoutExpired as error:
        raise refusal("too_slow") from error
    word = done.stderr.decode(errors="replace").strip()
    if done.returncode:
        raise refusal(word if done.returncode == 3 and word in MESSAGES else "too_slow" if done.returncode < 0 else "unreadable")
    return list(_split(done.stdout))


def _split(drawn):
    while drawn:
        (length,) = struct.unpack(">I", drawn[:4])
        yield drawn[4 : 4 + length]
        drawn = drawn[4 + length :]


def _reuse(row, earlier):
    row.reused_from, row.stored, row.pages = earlier.reused_from or earlier, earlier.stored, earlier.pages  # the first that was given
    row.save(force_insert=True)
    return row


def _keep(row, pages):
    """The files first, then the row. When the row fails they go at once; when the transaction fails later, `sweep` finds them."""
    try:
        row.stored, row.pages = page_store.keep(pages), len(pages)
    except OSError as error:
        log.error("documents_no_room", error=error.strerror)
        raise refusal("no_room") from error
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except Exception:
        page_store.remove(row.stored)
        raise
    return row


def page(document: Document, number: int) -> bytes:
    """One page (from 1) as JPEG; the caller has asked whether the reader may see it, and writes the event."""
    return page_store.read(document.stored, number)


def sweep(*, older_than: float) -> int:
    """Delete what was written at least `older_than` seconds ago and belongs to no row (a transaction that failed); returns how many."""
    names = list(page_store.names_older_than(older_than))
    known = set(still_kept().filter(stored__in=names).values_list("stored", flat=True))
    orphans = [name for name in names if name not in known]
    for name in orphans:
        page_store.remove(name)
    return len(orphans)


def incomplete() -> list[Document]:
    """Documents of which a page is missing on the disk: for `prove`."""
    return [document for document in still_kept().order_by("pk").iterator() if page_store.kept(document.stored) != document.pages]
