"""Lists that an auditor reads from the top: decisions against the rules, deeds by hand, changed values."""

from datetime import timedelta

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from xinyijian.casework.decisions import asked_again
from xinyijian.casework.models import Decision
from xinyijian.people.models import Region, User
from xinyijian.policies.models import Change
from xinyijian.policies.params import places

from . import trail, words

SHOWN = 100
BY_HAND = ("put_in_force", "take_back", "end_early", "extend_gap")
LATE = {"kinds": ("hospital.Sheet",), "verbs": ("enter",)}  # from paper, with the true time
# Refused although every rule was met, or granted although one was not.
AGAINST = """(outcome = 'refused') = NOT EXISTS (
    SELECT FROM jsonb_array_elements(casework_decision.answers) a WHERE a ->> 1 <> '')
    AND jsonb_array_length(casework_decision.answers) > 0"""


def within(rows, regions, column):
    """Those of the reader's regions."""
    return rows if regions is None else rows.filter(**{f"{column}__in": regions})


def against_the_rules(regions) -> list[Decision]:
    """The newest decisions that were taken against what the rules said; what only a person can see is such a reason."""
    found = within(Decision.objects.filter(outcome__in=["refused", "accepted", "approved"]), regions, "docket__region")
    return list(found.filter(RawSQL(AGAINST, [], output_field=BooleanField())).select_related("docket", "event").order_by("-pk")[:SHOWN])


def by_hand(regions, at) -> list:
    """What a member of staff entered or ended by hand, where a machine or the clock does it otherwise."""
    span = {"since": at - timedelta(days=366), "until": at + timedelta(days=1), "by_people": True}
    found = [e for what in ({"verbs": BY_HAND}, LATE) for e in trail.search(trail.Wish(**span, **what), regions, size=SHOWN)[0]]
    return sorted(found, key=lambda event: (event.at, event.pk), reverse=True)[:SHOWN]


def policy_changes(regions) -> list[dict]:
    """The newest changes of values that hold in the reader's regions: (field, before, after), by whom and why."""
    changes = Change.objects.select_related("value").order_by("-pk")
    if regions is not None:
        changes = changes.filter(value__region__in={place for region in regions for place in places(region)})
    found = list(changes.exclude(verb="loaded", before=None)[:SHOWN])
    users = dict(User.objects.filter(pk__in={c.by_id for c in found if c.by_id}).values_list("pk", "username"))
    regions = Region.objects.in_bulk({c.value.region for c in found})
    return [{"change": c, "user": users.get(c.by_id, ""), "parts": _parts(c), "place": regions.get(c.value.region, c.value.region),
             "what": words.parameter(c.value), "deed": words.DEEDS.get(c.verb, c.verb)} for c in found]


def _parts(change):
    before, after = change.before or {}, change.after or {}
    changed = [name for name in after if before.get(name) != after.get(name)]
    return [(words.FIELDS.get(name, name), *(words.part(change.value, name, state.get(name)) for state in (before, after)))
            for name in changed]


def compared(decision) -> list[dict]:
    """Rule by rule: what was answered then, and what today's code answers over the facts and values of then."""
    then = dict(decision.answers)
    return [_one(rule, answer, then.get(f"{rule.__module__}.{rule.__name__}", "")) for rule, answer in asked_again(decision)]


def _one(rule, answer, then):
    now = "" if answer.ok else answer.code
    return {"name": rule.__name__, "text": answer.text, "then": then, "now": now, "same": then == now}
