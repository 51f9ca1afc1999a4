from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tests.packs import load
from xinyijian.casework.days import SHANGHAI
from xinyijian.policies.models import Change, Value
from xinyijian.policies.services import approve_value, edit_value, propose_value

NOON = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)


def value_of(name="max_cities", region="430000"):
    return Value.objects.get(name=name, region=region, in_force=True)


def changed(officers, content=3):
    """A value in force, changed by one officer and agreed to by another."""
    change = edit_value(value_of(), by=officers[0], at=NOON, because="the provincial notice says three", content=content)
    return approve_value(change, by=officers[1], at=NOON, because="seen the notice")


def draft(**changes):
    return Value(**{"service": "remote_care", "name": "max_cities", "region": "430000", "content": 3, "grade": "assumed",
                    "valid_from": date(2026, 7, 1), **changes})


def test_an_edit_leaves_who_when_what_and_why(packs, officers):
    changed(officers)
    proposed, approved = Change.objects.filter(value=value_of())
    assert (proposed.verb, proposed.before["content"], proposed.after["content"], proposed.by_id) == ("proposed", 2, 3, officers[0].pk)
    assert proposed.because == "the provincial notice says three" and (approved.verb, approved.by_id) == ("approved", officers[1].pk)


def test_a_value_in_force_changes_only_when_a_second_officer_agrees(packs, officers):
    old = value_of()
    change = edit_value(old, by=officers[0], at=NOON, because="three", content=3)
    assert value_of() == old and value_of().content == 2
    with pytest.raises(PermissionDenied):
        approve_value(change, by=officers[0], at=NOON, because="mine")
    approve_value(change, by=officers[1], at=NOON, because="agreed")
    assert value_of() == change and value_of().content == 3
    old.refresh_from_db()
    assert (old.in_force, old.replaced_at) == (False, NOON)
    for deed in (approve_value, edit_value):
        with pytest.raises(ValidationError, match="was replaced"):
            deed(old, by=officers[1], at=NOON, because="back again")


def test_the_database_refuses_an_edit_in_force_that_nobody_agreed_to(packs, officers):
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.filter(pk=value_of().pk).update(edited_by_id=officers[0].pk, content=5)


def test_packs_never_overwrite_an_edited_value(packs, officers):
    assert packs["added"] == Value.objects.count()
    changed(officers)
    again = load()
    assert (again["kept because edited"], again["added"], again["changed"]) == (1, 0, 0)
    assert value_of().content == 3


def test_packs_bring_their_own_changes_and_leave_history(packs):
    Value.objects.filter(pk=value_of().pk).update(content=9)  # as an older pack had it
    assert load()["changed"] == 1
    assert [c.verb for c in Change.objects.filter(value=value_of())] == ["loaded", "loaded"]
    assert value_of().content == 2


def test_loading_twice_changes_nothing(packs):
    changes = Change.objects.count()
    assert load() == {"unchanged": packs["added"]}
    assert Change.objects.count() == changes


def test_a_value_of_the_wrong_type_is_refused_and_nothing_is_written(packs, officers):
    with pytest.raises(ValidationError, match="whole number"):
        edit_value(value_of(), by=officers[0], at=NOON, because="a slip", content="three")
    assert value_of().content == 2 and not Change.objects.filter(verb="edited").exists()
    with pytest.raises(ValidationError, match="no parameter"):
        propose_value(draft(name="nonsense"), by=officers[0], at=NOON, because="a slip")


def test_the_maker_of_a_draft_cannot_put_it_in_force_even_as_superuser(packs, officers):
    proposed = propose_value(draft(), by=officers[0], at=NOON, because="asked for")
    with pytest.raises(PermissionDenied):
        approve_value(proposed, by=officers[0], at=NOON, because="I like it")
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Value.objects.filter(pk=proposed.pk).update(in_force=True, approved_by_id=officers[0].pk, valid_until=None)
    approve_value(proposed, by=officers[1], at=NOON, because="agreed")
    assert [c.verb for c in proposed.changes.all()] == ["proposed", "approved"]
    with pytest.raises(ValidationError, match="already in force"):
        approve_value(proposed, by=officers[1], at=NOON, because="again")


def test_the_database_refuses_two_values_at_one_time(packs):
    last = date(2026, 6, 30)
    Value.objects.filter(pk=value_of().pk).update(valid_until=last)
    with pytest.raises(IntegrityError, match="one_value_at_a_time"), transaction.atomic():
        draft(valid_from=last).save()
    draft(valid_from=last + timedelta(days=1)).save()
    draft(valid_from=last, in_force=False).save()  # drafts may overlap


def test_a_draft_of_the_day_on_which_the_present_value_began_is_a_conflict(packs, officers):
    proposed = propose_value(draft(valid_from=value_of().valid_from), by=officers[0], at=NOON, because="late")
    with pytest.raises(ValidationError, match="in force in that time"):
        approve_value(proposed, by=officers[1], at=NOON, because="agreed")


def test_a_sourced_value_names_its_source(packs):
    with pytest.raises(IntegrityError, match="sourced_names"), transaction.atomic():
        draft(grade="sourced").save()
