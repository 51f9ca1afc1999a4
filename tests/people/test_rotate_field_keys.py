"""Sealed values move to the first key; afterwards the old key is not needed; a run that ends in the middle goes on."""
import base64
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import JAN_5
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


def test_it_says_what_still_needs_the_old_key(new_key):
    assert "casework.Document.original_name: append-only" in run()
