"""The portal's own words in templates; a built-in of every template, no `load` needed (settings.TEMPLATES)."""
import json
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, FileInput, RadioSelect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinyijian.people import scope
from xinyijian.switching import show_typed

from .icons import ICONS

register = template.Library()
SOON = timedelta(hours=48)
ENDS = " .。?？:："  # a question or a whole sentence is followed by what is wrong with its answer
TYPED_FORM = re.compile(r'<form id="typed"(?: data-enter="(?P<name>\w+)=(?P<value>\w+)")?')


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
    return " ".join(part for part in parts if part) or _minutes(minutes, even_none=True)


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
    return f"{sign}¥{abs(amount):,}"


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
    return whole + [(bound.id_for_label or bound.auto_id, str(bound.label).rstrip(ENDS), message)
                    for bound in form if not bound.is_hidden for message in bound.errors]


@register.filter
def laid_out(parts, total) -> list:
    """[(x, width), …] of a bar 100 wide, one for each part of the total."""
    found, x = [], Decimal(0)
    for part in parts:
        amount = part["amount"] if isinstance(part, dict) else part.amount
        width = (100 * Decimal(amount) / Decimal(total)).quantize(Decimal("0.01")) if total else Decimal(0)
        found.append((str(x), str(width)))
        x += width
    return found


@register.filter
def words(text: str) -> list[str]:
    """A string cut at its spaces."""
    return str(text).split()


@register.filter
def counted(count: int) -> range:
    """1 … count."""
    return range(1, int(count) + 1)


@register.filter
def day(on) -> str:
    """A day in the order of the language: 28 November 2026, 2026年11月28日."""
    return date_format(timezone.localtime(on) if isinstance(on, datetime) else on, _("j F Y")) if on else ""


@register.filter
def moment(at: datetime) -> str:
    """Day and minute in Shanghai; a midnight is the end (24:00) of the day before, as legal time has it."""
    if not at:
        return ""
    local = timezone.localtime(at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{day(local.date() - timedelta(days=1))} 24:00"
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def clock(at: datetime) -> str:
    """The minute in Shanghai, for what ends today."""
    return f"{timezone.localtime(at):%H:%M}"


@register.filter
def without_link(text) -> str:
    """A message without its last words "Details: https://…": an excerpt would cut the address in two."""
    return re.sub(r"[^\s.。！？]*[:：]\s*https?://\S+", "", str(text)).strip()


@register.filter
def linked(text) -> str:
    """With its addresses as links, also those that follow a Chinese colon without a space."""
    return mark_safe(urlize(re.sub(r"(?<=[:：])(?=https?://)", " ", str(text)), autoescape=True))


@register.simple_tag
def time_words() -> str:
    """What the refreshing script needs to say a span of time, as JSON: [one, many] of days, hours and minutes."""
    units = [(_days(1), _days(2)), (_hours(1), _hours(2)), (_minutes(1), _minutes(2))]
    return json.dumps({"left": _("%(span)s left"), "over": _("overdue by %(span)s"), "units": units})


@register.inclusion_tag("components/countdown.html", takes_context=True)
def countdown(context, term, paused=None, what="") -> dict:
    """Time left of a Term: `{% countdown term %}`, `{% countdown term paused=pause what=words %}`."""
    now = context["now"]
    return {"term": term, "now": now() if callable(now) else now, "paused": paused, "what": what}


@register.simple_tag
def either(*values):
    """The first that says something: `{% either term.at at as until %}`; unlike `default:` it passes over names that are missing."""
    return next((value for value in values if value not in ("", None)), "")


@register.simple_tag
def may_somewhere(user, permission, now) -> bool:
    """Whether a menu offers this to her, by some post of hers: `{% may_somewhere user "connect.manage_keys" now as yes %}`."""
    return bool(user and user.is_authenticated and user.is_staff and scope.holds_anywhere(user, permission, now))


@register.tag
def gather(parser, token) -> "Gather":
    """`{% gather main %}…{% endgather %}`: keeps this part as `main`, so that what stands above it may know whether it holds a form."""
    name = token.split_contents()[1]
    nodelist = parser.parse(["endgather"])
    parser.delete_first_token()
    return Gather(name, nodelist)


class Gather(template.Node):
    """What was typed when a switch was pressed stands in its forms; `typed_form` is true where a form takes the switches in.

    Its first button is what Enter presses: `enter` is the name and value of it, where the form says data-enter="name=value".
    """

    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        typed = getattr(context.get("request"), "typed", None)
        if typed is not None:
            show_typed(context.flatten().values(), typed)
        context[self.name] = whole = self.nodelist.render(context)
        form = TYPED_FORM.search(whole)
        context["typed_form"], context["enter"] = bool(form), form and form["name"] and form.groupdict()
        return ""
