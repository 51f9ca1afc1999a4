"""The portal's own words in templates; a built-in of every template, no `load` needed (settings.TEMPLATES)."""
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, FileInput, RadioSelect
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .icons import ICONS

register = template.Library()
SOON = timedelta(hours=48)


@register.simple_tag
def icon(name: str) -> str:
    """An inline drawing; screen readers pass it over, because a word stands beside it."""
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', mark_safe(ICONS[name]))


@register.filter
def due_in(at: datetime, now: datetime) -> str:
    """How long until then, or how long ago it was, in the two largest units: days and hours, or hours and minutes."""
    left = at - now
    words = _span(abs(left))
    return (_("%(span)s left") if left > timedelta(0) else _("overdue by %(span)s")) % {"span": words}


@register.filter
def due_tone(at: datetime, now: datetime) -> str:
    """calm, soon (48 hours) or overdue."""
    left = at - now
    return "overdue" if left <= timedelta(0) else "soon" if left <= SOON else "calm"


def _span(length: timedelta) -> str:
    days, seconds = length.days, length.seconds
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    parts = [_days(days), _hours(hours)] if days else [_hours(hours), _minutes(minutes)]
    return _(" ").join(part for part in parts if part) or _minutes(minutes, even_none=True)


def _days(count):
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count} if count else ""


def _hours(count):
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count} if count else ""


def _minutes(count, even_none=False):
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count} if count or even_none else ""


@register.filter
def money(amount) -> str:
    """Yuan with two places: ¥1,234.50; empty for None."""
    if amount is None or amount == "":
        return ""
    amount = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{number_format(abs(amount), 2, use_l10n=True, force_grouping=True)}"


@register.inclusion_tag("components/field.html")
def field(bound) -> dict:
    """One question of a form with its label, help, error and control: `{% field form.name %}`."""
    return {"field": bound}


@register.filter
def shape(bound) -> str:
    """What kind of control a form field has: checkbox, choices, file or line."""
    widget = bound.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, (FileInput, ClearableFileInput)) else "line"


@register.filter
def control(bound) -> str:
    """The control itself; the first field in error gets the focus."""
    first_bad = next((name for name in bound.form.fields if name in bound.form.errors), None)
    return bound.as_widget(attrs={"autofocus": True} if bound.name == first_bad else {})


@register.filter
def mistakes(form) -> list:
    """[(id of the control or "", label or "", message), …] in the order of the page, for the error summary."""
    whole = [("", "", message) for message in form.non_field_errors()]
    return whole + [(bound.id_for_label or bound.auto_id, bound.label, message)
                    for bound in form if not bound.is_hidden for message in bound.errors]


@register.filter
def share(part, whole) -> int:
    """A part of a whole in full percent, for the width of a bar; 0 when there is no whole."""
    return round(100 * Decimal(part or 0) / Decimal(whole)) if whole else 0
