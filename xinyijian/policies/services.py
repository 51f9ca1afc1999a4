"""Changing values: by an officer's hand, with history, and a second officer for what is new."""
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .models import CalendarDay, CalendarYear, Change, Value
from .parameters import DECLARED, stored
from .params import forget

KEPT = ("content", "grade", "reference_id", "note", "note_en", "valid_from", "valid_until", "in_force")


def edit_value(value: Value, *, by, at, because: str, **changes) -> Value:
    """Change a value: a draft at once, a value in force by a draft that waits for a second officer. Returns the draft."""
    if value.replaced_at:
        raise ValidationError(_("This value was replaced; change the one that took its place."))
    if value.in_force:
        return _propose_change(value, by, at, because, changes)
    with transaction.atomic():
        value = Value.objects.select_for_update().get(pk=value.pk)
        before = state(value)
        for field, content in changes.items():
            setattr(value, field, content)
        value.edited_by_id, value.approved_by_id = by.pk, None
        return _write(value, "edited", before, by, at, because)


def _propose_change(value, by, at, because, changes):
    draft = Value.objects.get(pk=value.pk)
    for field, content in changes.items():
        setattr(draft, field, content)
    draft.pk, draft.replaces_id, draft.approved_by_id = None, value.pk, None
    draft._state.adding = True
    return propose_value(draft, by=by, at=at, because=because)


def propose_value(value: Value, *, by, at, because: str) -> Value:
    """Keep an unsaved value as a draft, until another officer puts it in force."""
    value.in_force, value.edited_by_id = False, by.pk
    with transaction.atomic():
        before = state(value.replaces) if value.replaces_id else None
        return _write(value, "proposed", before, by, at, because)


def approve_value(value: Value, *, by, at, because: str) -> Value:
    """Put a draft in force; what was in force ends on the day before. The maker may not: PermissionDenied."""
    with transaction.atomic():
        value = Value.objects.select_for_update().get(pk=value.pk)
        if value.in_force:
            raise ValidationError(_("This value is already in force."))
        if value.edited_by_id == by.pk:
            raise PermissionDenied(_("Whoever proposed a value cannot put it in force."))
        if value.replaced_at:
            raise ValidationError(_("This value was replaced; change the one that took its place."))
        before = state(value)
        value.in_force, value.approved_by_id = True, by.pk
        _make_room(value, by, at, because)
        return _write(value, "approved", before, by, at, because)


def load_values(added: list[Value], changed: list[tuple[Value, dict]], *, at) -> None:
    """Write what checked packs say: new values, and others with their state before; only `write_packs` calls it."""
    Value.objects.bulk_create(added)
    for value, _before in changed:
        value.save()
    Change.objects.bulk_create(
        Change(value=value, verb="loaded", before=before, after=state(value), at=at, because="load_policies")
        for value, before in [*((value, None) for value in added), *changed])
    _forget_now_and_then()


def put_year(year: int, days: dict, *, published: bool, source: str) -> CalendarYear:
    """Replace the days of a year's notice: {day: (kind, name)}. Whoever has open cases re-aims them afterwards."""
    with transaction.atomic():
        row, _new = CalendarYear.objects.update_or_create(year=year, defaults={"published": published, "source": source})
        row.days.all().delete()
        CalendarDay.objects.bulk_create(CalendarDay(day=day, year=row, kind=kind, name=name) for day, (kind, name) in days.items())
        _forget_now_and_then()
    return row


def state(value: Value) -> dict:
    """What the history keeps of a value."""
    return {name: stored(getattr(value, name)) for name in KEPT}


def check(service: str, name: str, content) -> None:
    """ValidationError in clear words unless this is a value of a declared parameter."""
    try:
        DECLARED[service][name].read(content)
    except KeyError:
        raise ValidationError(_("There is no parameter %(name)s.") % {"name": f"{service}.{name}"}) from None
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from None


def _write(value, verb, before, by, at, because):
    check(value.service, value.name, value.content)
    value.full_clean()
    value.save()
    Change.objects.create(
        value=value, verb=verb, before=before, after=state(value), by_id=by and by.pk, at=at, because=because)
    _forget_now_and_then()
    return value


def _make_room(value, by, at, because):
    """What the value changes is over; what began earlier ends on the day before. One that begins later or on that day is a conflict."""
    same = Value.objects.select_for_update().filter(service=value.service, name=value.name, region=value.region, in_force=True)
    if value.replaces_id:
        for old in same.filter(pk=value.replaces_id):
            _amend(old, value, "replaced", by, at, because, in_force=False, replaced_at=at)
    for old in same.filter(valid_from__lt=value.valid_from).exclude(valid_until__lt=value.valid_from):
        _amend(old, value, "ended", by, at, because, valid_until=value.valid_from - timedelta(days=1))


def _amend(old, value, verb, by, at, because, **changes):
    """By the same two officers: whoever wrote the value that comes, and who agreed to it."""
    before = state(old)
    for field, content in changes.items():
        setattr(old, field, content)
    old.edited_by_id, old.approved_by_id = value.edited_by_id, by.pk
    _write(old, verb, before, by, at, because)


def _forget_now_and_then():
    """Now for this transaction, and after the commit for threads that read in between."""
    forget()
    transaction.on_commit(forget)
