"""Papers: what is taken and what is refused, how they are kept, and that nobody reads them past their case."""
import hashlib
import io
import resource

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from PIL import Image

from tests.casework.hostile import HOSTILE
from tests.casework.papers import exif, pdf, picture, sheets, upload
from tests.filings import draft
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework import documents, page_store
from xinyijian.casework.models import Document
from xinyijian.people import crypto


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "documents"


@pytest.fixture
def docket(town, folder):
    return draft(town, at=JAN_5, papers=()).docket


def give(docket, data, name="proof.jpg", kind="residence_proof", by=None):
    return documents.receive(docket, kind, upload(data, name), by=by or docket.opened_by, at=JAN_5)


def test_there_are_sixty_of_them():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_unusable_file_is_refused_in_clear_words_and_nothing_is_kept(what, docket, folder):
    data, name, code = HOSTILE[what]
    with pytest.raises(ValidationError) as no:
        give(docket, data, name)
    assert no.value.code == code
    assert sum(str(no.value.message).count(stop) for stop in ".。") >= 2  # what is wrong and why, then what to do
    assert not Document.objects.exists() and not list(folder.rglob("*.*"))


@pytest.mark.parametrize(
    ("data", "name", "mime", "pages"),
    [
        (picture(), "proof.jpg", "image/jpeg", 1),
        (picture("PNG"), "截图 2026.1.5.png", "image/png", 1),
        (picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), "a.png", "image/png", 1),
        (picture("PNG", mode="P", colour=3), "a.png", "image/png", 1),
        (picture("WEBP"), "a.webp", "image/webp", 1),
        (picture("WEBP"), "wrong ending.jpg", "image/webp", 1),
        (picture(mode="L", colour=9), "no ending", "image/jpeg", 1),
        (picture(mode="CMYK", colour=(0, 0, 0, 0)), "a.jpeg", "image/jpeg", 1),
        (sheets(), "a.pdf", "application/pdf", 1),
        (sheets(3), "a.pdf", "application/pdf", 3),
        (pdf(b"/OpenAction [3 0 R /Fit]"), "a.pdf", "application/pdf", 1),
    ],
)
def test_photos_and_pdfs_become_page_pictures(data, name, mime, pages, docket):
    paper = give(docket, data, name)
    assert (paper.mime, paper.pages, paper.size, paper.original_name) == (mime, pages, len(data), name)
    assert paper.sha256 == hashlib.sha256(data).hexdigest()
    assert (paper.person_id, paper.received_by, paper.received_at) == (docket.person_id, docket.opened_by, JAN_5)
    for number in range(1, pages + 1):
        with Image.open(io.BytesIO(documents.page(paper, number))) as page:
            assert page.format == "JPEG" and max(page.size) <= 2000


def test_a_photo_loses_place_and_camera_and_stands_upright(docket):
    data = picture(size=(60, 40), exif=exif())
    assert b"SECRETCAMERA" in data
    page = documents.page(give(docket, data), 1)
    with Image.open(io.BytesIO(page)) as image:
        assert image.size == (40, 60) and not image.getexif()
    assert b"SECRETCAMERA" not in page


def test_what_is_transparent_becomes_paper(docket):
    paper = give(docket, picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), "a.png")
    with Image.open(io.BytesIO(documents.page(paper, 1))) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_pages_lie_sealed_under_a_name_that_says_nothing(docket, folder):
    paper = give(docket, picture(), "身份证.jpg")
    (file,) = [path for path in folder.rglob("*.*") if path.is_file()]
    assert b"JFIF" not in file.read_bytes() and docket.number not in str(file) and "身份证" not in str(file)
    assert file.stat().st_mode & 0o077 == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT original_name FROM casework_document WHERE id = %s", [paper.pk])
        assert "身份证" not in cursor.fetchone()[0]


def test_an_altered_or_exchanged_page_is_not_shown(docket, folder):
    first, second = give(docket, picture()), give(docket, picture(colour="red"))
    one, two = (folder / paper.stored[:2] / f"{paper.stored}.1" for paper in (first, second))
    one.write_bytes(two.read_bytes())
    with pytest.raises(crypto.Unreadable):
        documents.page(first, 1)
    data = two.read_bytes()
    two.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(crypto.Unreadable):
        documents.page(second, 1)


def test_the_same_paper_for_the_same_purpose_is_one_row(docket, folder):
    assert give(docket, picture()) == give(docket, picture())
    assert Document.objects.count() == 1


def test_a_paper_given_before_is_used_again_and_says_so(docket, town, folder):
    first = give(docket, picture())
    other = draft(town, at=JAN_5, papers=(), person=town.mother_person, by=town.clerk).docket
    again = give(other, picture(), by=town.clerk)
    assert again.reused_from == first and again.stored == first.stored and documents.page(again, 1) == documents.page(first, 1)
    assert len([path for path in folder.rglob("*.*") if path.is_file()]) == 1


def test_the_same_bytes_of_another_person_are_kept_apart(docket, town):
    first = give(docket, picture())
    theirs = give(draft(town, at=JAN_5, papers=(), person=town.stranger_person, by=town.stranger).docket, picture())
    assert theirs.reused_from is None and theirs.stored != first.stored


def test_a_full_disk_is_told_and_leaves_nothing_half_done(docket, folder):
    """A real limit on the size of files stands for the full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(ValidationError) as no:
            give(docket, sheets(2), "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert no.value.code == "no_room"
    assert not Document.objects.exists() and not [path for path in folder.rglob("*.*") if path.is_file()]
    assert give(docket, sheets(2), "a.pdf").pages == 2


def test_files_of_a_transaction_that_failed_are_swept(docket, folder, capsys):
    kept = give(docket, picture())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        give(docket, sheets(2), "a.pdf")
        raise ZeroDivisionError
    assert len([path for path in folder.rglob("*.*") if path.is_file()]) == 3
    call_command("sweep_documents")  # too fresh: its transaction might still be running
    assert len([path for path in folder.rglob("*.*") if path.is_file()]) == 3
    call_command("sweep_documents", older_than=0)
    assert [path.name for path in folder.rglob("*.*") if path.is_file()] == [f"{kept.stored}.1"]
    assert documents.page(kept, 1)


def test_a_lost_page_is_found_out(docket):
    paper = give(docket, sheets(2), "a.pdf")
    assert documents.incomplete() == []
    page_store.remove(paper.stored)
    assert documents.incomplete() == [paper]


def page_of(client, user, paper, query=""):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/documents/{paper.uuid}/{query}")


@pytest.mark.parametrize("who", ["lan", "mother", "clerk"])
def test_who_sees_the_case_reads_the_paper_and_leaves_an_event(who, docket, town, client):
    paper = give(docket, sheets(2), "a.pdf")
    answer = page_of(client, getattr(town, who), paper, "?page=2")
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    event = Event.objects.filter(kind="documents.read").get()
    assert (event.object_id, event.person_id, event.by_id, event.data) == (paper.pk, paper.person_id, getattr(town, who).pk, {"page": 2})
    assert event.on_behalf_of_id == (paper.person_id if who == "lan" else None)


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "physician"])
def test_for_everybody_else_the_paper_does_not_exist(who, docket, town, client):
    paper = give(docket, picture())
    assert page_of(client, getattr(town, who), paper).status_code == 404
    assert not Event.objects.filter(kind="documents.read").exists()


def test_nobody_reads_without_signing_in(docket, client):
    answer = client.get(f"/documents/{give(docket, picture()).uuid}/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("query", ["?page=0", "?page=2", "?page=-1", "?page=x", "?page=１", "?page=99999999999999999999"])
def test_a_page_that_is_not_there_is_not_found(query, docket, town, client):
    assert page_of(client, town.lan, give(docket, picture()), query).status_code == 404


def test_a_served_page_can_do_nothing(docket, town, client):
    answer = page_of(client, town.lan, give(docket, picture(), "身份证 \"x\".jpg"))
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline; filename=") and "身份证" not in answer["Content-Disposition"]
