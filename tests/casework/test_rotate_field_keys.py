"""Sealed values move to the first key; afterwards the old key is not needed; a run that ends in the middle goes on."""
import base64
import threading
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import JAN_5
from xinyijian.casework import page_rotation, page_store
from xinyijian.casework.models import Document
from xinyijian.people import rotation
from xinyijian.people.crypto import Unreadable
from xinyijian.people.models import Person, Phone
from xinyijian.people.platform_keys import rotate as set_platform_keys

NEW = "new:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def new_key(town, settings):
    """The town is sealed under the old key; the new one stands first."""
    set_platform_keys(town.county_hospital, access_key="ak1", secret="first-secret", by=town.system_admin, at=JAN_5)
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]


def run() -> str:
    out = StringIO()
    call_command("rotate_field_keys", stdout=out)
    return out.getvalue()


def everything_that_is_sealed() -> dict:
    fields = rotation.sealed_fields()
    return {f"{m._meta.label}.{f.name}": list(m._base_manager.order_by("pk").values_list("pk", f.name)) for m, f in fields}


def test_after_it_the_old_key_may_go(new_key, settings):
    before = everything_that_is_sealed()
    run()
    settings.FIELD_KEYS = [NEW]
    assert everything_that_is_sealed() == before
    assert before["people.Person.name"] and before["people.PlatformKey.secret"]


def test_without_it_the_old_key_may_not_go(new_key, settings):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(Unreadable):
        everything_that_is_sealed()


def test_a_run_that_ended_in_the_middle_goes_on_and_a_further_one_finds_nothing(new_key, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    field = Person._meta.get_field("name")
    everybody = Person.objects.count()
    assert next(rotation.rotate(Person, field)) == 2  # and here it was killed
    assert f"people.Person.name: {everybody - 2} sealed anew" in run()
    assert "people.Person.name: 0 sealed anew" in run()
    settings.FIELD_KEYS = [NEW]
    assert all(Person.objects.values_list("name", flat=True)) and all(Phone.objects.values_list("number", flat=True))


def test_it_writes_one_statement_for_each_batch(new_key):
    with CaptureQueriesContext(connection) as asked:
        assert sum(rotation.rotate(Person, Person._meta.get_field("name"))) == Person.objects.count() > 1
    assert sum(query["sql"].startswith("UPDATE") for query in asked) == 1


def test_every_sealed_field_is_found_and_what_is_evidence_is_left_alone():
    found = {(model, field.name) for model, field in rotation.sealed_fields()}
    assert (Person, "cert_number") in found and (Document, "original_name") in found
    assert {model for model, _ in found} <= set(apps.get_models())
    assert rotation.is_append_only(Document) and not rotation.is_append_only(Person)


@pytest.fixture
def pages(tmp_path, settings):
    """Documents of one and of two pages, sealed under the old key; then the new one stands first."""
    settings.DATA_DIR = tmp_path
    stored = {page_store.keep(one): one for one in ([b"first"], [b"second", b"third"], [b"fourth"])}
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]
    return stored


def read_all(stored) -> dict:
    return {name: [page_store.read(name, number) for number in range(1, len(one) + 1)] for name, one in stored.items()}


def test_pages_on_the_disk_move_to_the_new_key_and_a_run_that_ended_in_the_middle_goes_on(pages, settings):
    first = next(page_rotation.rotate())  # and here it was killed
    half = page_rotation.folders()[-1] / f".{'0' * 32}.1.half"
    half.write_bytes(b"what a killed run was writing")
    assert read_all(pages) == pages
    assert first.sealed + sum(batch.sealed for batch in page_rotation.rotate()) == 4 and not half.exists()
    assert not any(batch.sealed for batch in page_rotation.rotate())
    settings.FIELD_KEYS = [NEW]
    assert read_all(pages) == pages and {page_store.kept(name) for name in pages} == {1, 2}


def test_a_page_that_was_altered_is_named_and_left_alone_and_the_others_go_on(pages):
    name = next(iter(pages))
    path = page_store.root() / name[:2] / f"{name}.1"
    *whole, last = path.read_bytes()
    altered = bytes([*whole, last ^ 1])
    path.write_bytes(altered)
    batches = list(page_rotation.rotate())
    assert [one for batch in batches for one in batch.unreadable] == [path.name] and sum(batch.sealed for batch in batches) == 3
    assert path.read_bytes() == altered


def test_a_page_whose_term_is_over_is_not_brought_back(pages):
    gone = next(iter(pages))
    with page_store.held(page_store.root() / gone[:2]):
        removing = threading.Thread(target=page_store.remove, args=(gone,))
        removing.start()  # waits for whoever replaces a page just now
        page_store.replace(page_store.root() / gone[:2] / f"{gone}.1", b"new bytes")
    removing.join(10)
    assert not removing.is_alive() and page_store.kept(gone) == 0
    assert sum(batch.sealed for batch in page_rotation.rotate()) == 4 - len(pages[gone])


def test_it_says_what_still_needs_the_old_key(new_key):
    assert "casework.Document.original_name: append-only" in run()
