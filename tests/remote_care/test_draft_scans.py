"""Many scans at once at the counter: each file with its own verdict, none lost because of another, then sorted in one form."""
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from remote_care.models import Filing
from tests.casework.papers import picture, sheets
from tests.remote_care.test_draft_counter import begin_for
from tests.remote_care.walking import begin, browser, url
from xinyijian.casework import scans
from xinyijian.casework.models import Document


@pytest.fixture
def desk(town):
    return browser(town.counter, "en")


@pytest.fixture
def filing(town, desk):
    filing, _found = begin_for(desk, town.mother_person)
    Filing.objects.update(type="long_residence", basis="documents", place_id="440100")
    return Filing.objects.get(pk=filing.pk)


def pile(*files):
    return {"send": "1", "files": [SimpleUploadedFile(name, data) for name, data in files]}


def send(desk, filing, *files, status=200):
    answer = desk.post(url(filing, "scans"), pile(*files))
    assert answer.status_code == status
    return answer.content.decode()


def chosen(html):
    """{scan's key: the code that stands in its select}."""
    found = re.findall(r'name="kind_(\d+)".*?</select>', html, re.S)
    parts = re.split(r'name="kind_\d+"', html)[1:]
    picked = [re.search(r'value="([^"]*)" selected', part.split("</select>")[0]) for part in parts]
    return {int(pk): one.group(1) if one else "" for pk, one in zip(found, picked, strict=True)}


@pytest.mark.req("S3.14", "S3.31")
def test_the_good_ones_stay_the_bad_ones_are_told_why_and_all_are_sorted_in_one_form(desk, filing):
    html = send(desk, filing, ("scan0002.pdf", sheets(2)), ("身份证.jpg", picture()), ("letter.docx", b"PK nothing"), ("empty.png", b""))
    assert "Received, 2 pages" in html and "letter.docx" in html and "We can only open" not in html
    assert "This is not a photo or a PDF" in html and "This file is empty" in html
    guessed = chosen(html)
    assert list(guessed.values()) == ["residence_proof", "identity_card"], "one by order, one by the name of its file"
    page = desk.get(url(filing, "papers")).content.decode()
    assert "2 scans wait to be sorted" in page and "Given:" not in page
    answer = desk.post(url(filing, "scans"), {"sort": "1"} | {f"kind_{pk}": code for pk, code in guessed.items()})
    assert answer.url == url(filing, "papers")
    assert desk.get(answer.url).content.decode().count("Given:") == 2
    kinds = Document.objects.filter(docket=filing.docket_id).order_by("pk").values_list("kind", "stored")
    assert [kind for kind, _stored in kinds] == ["scan", "scan", "residence_proof", "identity_card"] and len({s for _k, s in kinds}) == 2


def test_what_is_left_waits_and_what_is_there_is_not_kept_twice(desk, filing):
    guessed = chosen(send(desk, filing, ("a.jpg", picture()), ("b.jpg", picture(colour="red"))))
    first, second = guessed
    answer = desk.post(url(filing, "scans"), {"sort": "1", f"kind_{first}": "identity_card", f"kind_{second}": ""})
    assert answer.url == url(filing, "scans")
    html = send(desk, filing, ("again.jpg", picture()))
    assert "Here already, as identity card" in html and list(chosen(html)) == [second]
    assert desk.post(url(filing, "scans"), {"sort": "1", f"kind_{second}": "passport"}).status_code == 422
    assert send(desk, filing, ("no.txt", b"text"), status=422) and desk.post(url(filing, "scans"), {"send": "1"}).status_code == 422


def test_a_pile_that_is_too_high_is_taken_as_far_as_it_may_be():
    def refuse(_file):
        raise ValidationError("no")

    verdicts = scans.take([SimpleUploadedFile(f"{n}.jpg", b"") for n in range(22)], None, refuse)
    assert [one.problem == scans.ENOUGH for one in verdicts] == [False] * 20 + [True] * 2


def test_at_home_there_is_no_such_page(town):
    lan = browser(town.lan)
    filing = begin(lan, town.mother_person)
    assert lan.get(url(filing, "scans")).status_code == lan.post(url(filing, "scans"), pile(("a.jpg", picture()))).status_code == 404
    assert "/scans/" not in lan.get(url(filing, "papers")).content.decode()
