"""Who looked at somebody's data: read from the trail, told by role and organisation and never by name."""

from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event
from xinyijian.people.models import Post
from xinyijian.people.unmasking import FIELDS, REASONS

from . import words
from .capacity import words_for
from .days import day_of

VERBS = {  # verb -> in words; every app that reads records one of these
    "read": _("opened"),
    "unmask": _("saw in full"),
    "looked_up": _("looked up by number"),
    "printed": _("printed"),
    "case": _("searched by the number of a case"),
    "certificate": _("searched by certificate number"),
    "phone": _("searched by phone"),
    "name": _("searched by name"),
    "export": _("exported"),
    "check": _("asked what she may use"),
}
KINDS = {  # what was looked at; other kinds are named by the verb alone
    "casework.Docket": _("a case"),
    "documents.read": _("a page of a document"),
    "people.Person": _("the record of the person"),
    "people.Standing": _("the credit standing"),
    "people.FamilyLink": _("a family link"),
    "people.Grant": _("a grant"),
}


def looks_at(person_id, *, but=(), before=None, size=20) -> tuple[list[dict], int | None]:
    """The newest looks, without those of the users `but` (herself), before the event `before`; and the key of the next page."""
    events = Event.objects.filter(person_id=person_id, verb__in=VERBS, target="").exclude(by_id__in=list(but))
    if before:
        events = events.filter(pk__lt=before)
    found = list(events.order_by("-pk")[: size + 1])
    shown = found[:size]
    posts = _posts({event.by_id for event in shown if event.by_id})
    return [_in_words(event, posts) for event in shown], shown[-1].pk if len(found) > size else None


def in_words(event) -> str:
    """What was done with what: "opened: a case"."""
    return ": ".join(str(part) for part in (VERBS.get(event.verb, event.verb), _object(event)) if part)


def because_of(event) -> str:
    """The reason that was stated, if one had to be."""
    reason, text = event.data.get("reason", ""), words.because(event.data.get("because", ""))
    return ": ".join(str(part) for part in (REASONS.get(reason, reason), text) if part)


def _in_words(event, posts):
    held = next(
        (p for p in posts.get(event.by_id, ()) if p.since <= day_of(event.at) and (not p.until or day_of(event.at) <= p.until)), None
    )
    return {
        "at": event.at,
        "what": in_words(event),
        "who": str(words_for(event.by_label)),
        "organisation": str(held.organisation) if held else "",
        "because": because_of(event),
    }


def _object(event):
    if event.verb == "unmask":
        return FIELDS.get(event.data.get("what"), event.data.get("what", ""))
    return KINDS.get(event.kind, "")


def _posts(user_ids):
    found = {}
    for post in Post.objects.filter(user__in=user_ids).select_related("organisation").order_by("-principal", "-since"):
        found.setdefault(post.user_id, []).append(post)
    return found
