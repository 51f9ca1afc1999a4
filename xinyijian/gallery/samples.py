"""What the components show in the gallery: invented, and never saved."""
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from xinyijian.casework import legal_time
from xinyijian.casework.rules import Met, Unmet
from xinyijian.people.standing import Entitlement

HOUR = timedelta(hours=1)


def samples(now) -> dict:
    """The context of the gallery page."""
    return {
        **_times(now),
        "statuses": _statuses(),
        "gaps": _gaps(now),
        "entries": _entries(now),
        "expected": {"what": _("The bureau decides"), "term": legal_time.hours(now, 50)},
        "answers": _answers(),
        "entitlement": Entitlement(1, "child", "李*", (now + 128 * 24 * HOUR).date(), "S0.11"),
        "gives": [_("Hand in a secondary paper later"), _("Leave hospital first and pay within 72 hours")],
        "parts": _parts(),
        "total": Decimal("12345.60"),
        "decided": _decided(now),
        "rows": _rows(),
        "tasks": _tasks(),
        "then": [_("The bureau looks at your filing within two working days."), _("You get a text message with the decision.")],
        "steps": _steps(),
        "bill": _bill(),
    }


def _times(now) -> dict:
    return {
        "calm": legal_time.hours(now - 22 * HOUR, 240),
        "soon": legal_time.hours(now - 22 * HOUR, 72),
        "over": legal_time.hours(now - 80 * HOUR, 72),
        "provisional": legal_time.Term(now + 400 * HOUR, provisional=True),
        "pause": (now - 30 * HOUR, None, _("a dispute about the bill is open")),
    }


def _statuses() -> list:
    words = [_("Draft"), _("Waits for you"), _("Being looked at"), _("In force"), _("A paper is owed"), _("Refused"), _("Ended")]
    return list(zip(words, ["draft", "waiting", "active", "done", "warning", "danger", "ended"], strict=True))


def _gaps(now) -> list:
    permit = {
        "title": _("Residence permit"),
        "why": _("It shows that you live in the other place. Your filing is in force already."),
        "substitutes": [_("Rent contract"), _("Letter of the employer")],
        "upload_url": "#",
    }
    return [
        {**permit, "code": "a", "state": "owed", "term": legal_time.hours(now, 200)},
        {**permit, "code": "b", "state": "overdue", "term": legal_time.hours(now - 100 * HOUR, 72),
         "because": _("The photo cannot be read.")},
        {"code": "c", "title": _("Copy of the identity card"), "state": "given"},
        {"code": "d", "title": _("Insurance certificate"), "state": "verified"},
    ]


def _entries(now) -> list:
    return [
        {"what": _("Accepted; one paper may follow"), "who": _("bureau, clerk"), "at": now - 3 * HOUR,
         "because": _("Residence permit to follow.")},
        {"what": _("Sent to the bureau"), "who": _("you, for your mother"), "at": now - 26 * HOUR},
        {"what": _("Draft opened"), "who": _("you"), "at": now - 27 * HOUR},
    ]


def _answers() -> list:
    return [
        Met(_("Insured in this county on that day"), "S3.12"),
        Unmet("abroad", _("The hospital is not connected to the network"), "S3.20",
              _("Choose a connected hospital, or hand in the bill afterwards")),
        Unmet("promise", _("The promise is not signed"), "S0.21", _("Sign it on the next page")),
    ]


def _parts() -> list:
    words = [_("Pooled fund"), _("Own account"), _("Family's shared account"), _("Cash"), _("Other")]
    amounts = ["8000", "1500.50", "845.10", "1800", "200"]
    return [{"word": word, "amount": Decimal(amount)} for word, amount in zip(words, amounts, strict=True)]


def _bill() -> dict:
    head = [_("Item"), _("Days"), _("Amount")]
    rows = [[_("Bed"), 6, "¥240.00"], [_("Nursing"), 6, "¥180.00"]]
    return {"head": head, "rows": rows, "foot": [_("Together"), "", "¥420.00"]}


def _decided(now) -> dict:
    return {
        "outcome": "refused",
        "sentence": _("The filing is refused."),
        "answers": _answers(),
        "by": _("bureau, officer"),
        "at": now - HOUR,
        "facts": _rows()[:2], "marks": [_("“two working days” is an assumption and not taken from an official text.")],
        "remedies": [_("Ask the bureau to look again, within 60 days."), _("File again at any time with the missing paper.")],
    }


def _rows() -> list:
    return [
        {"word": _("Person"), "value": "李*", "url": "#"},
        {"word": _("Place of treatment"), "value": "江苏省南京市", "url": "#"},
        {"word": _("From"), "value": "2026-12-01", "url": "#"},
    ]


def _tasks() -> list:
    return [
        {"word": _("Who is it for?"), "url": "#", "state": _("done"), "kind": "done"},
        {"word": _("Where and from when?"), "url": "#", "state": _("begun"), "kind": "waiting", "hint": _("The city is still missing.")},
        {"word": _("Check and sign"), "url": "", "state": _("later"), "kind": "draft"},
    ]


def _steps() -> list:
    return [
        {"url": "#", "label": _("Accept"), "effect": _("The filing is in force at once; the number is asked for."), "tone": "primary"},
        {"url": "#", "label": _("Return"), "effect": _("The person may mend it and send it again."), "tone": "plain"},
        {"url": "#", "label": _("Refuse"), "effect": _("The person is told all reasons and the ways to object."), "tone": "danger"},
    ]
