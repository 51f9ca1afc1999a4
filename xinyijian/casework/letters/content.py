"""What a letter about a case says, as plain data: headings in the reader's language and in the other one, the rest in hers."""

import io

import segno
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import case_page
from xinyijian.casework.decisions_shown import TONES
from xinyijian.casework.documents_shown import papers_of
from xinyijian.people.models import Organisation
from xinyijian.templatetags.portal import moment

from . import sections
from .standing import standing_of
from .tokens import address_of, code_of, in_groups

TITLES = {  # kind -> (what it is called, what it is for)
    "accepted": (_("Notice of acceptance"), _("We have accepted this case. Below is what was asked for and how it stands.")),
    "gap": (
        _("Notice of acceptance with documents to follow"),
        _(
            "We have accepted this case although something is still missing, because you promised to hand it in. "
            "What, and by when, stands below."
        ),
    ),
    "refused": (_("Notice of refusal"), _("We could not approve this case. Below is every reason, and what you can do about each.")),
    "standing": (_("Receipt: how the case stands"), _("This sheet says how the case stood when it was made.")),
}
WORDS = {  # stand on every letter, in both languages
    "brand": _("Trust Health"),
    "number": _("Number"),
    "issued": _("Made on"),
    "because": _("Reason given"),
    "filed": _("What was asked for"),
    "seal": _("Place for the seal"),
    "scan": _("Scan to see how it stands now"),
    "demo": _("Demo system: nobody's real case, and without legal effect"),
}


def content_of(case, *, at) -> dict:
    """Everything that letter.typ prints; plain strings, lists and dicts."""
    shown, standing = case_page.shared(case, [], at, staff=False), standing_of(case, at=at)
    outcome, office = outcome_of(case), office_of(case)
    kind = kind_of(case, outcome, standing["gap_open"])
    parts = sections.of(case, kind, shown, outcome, office)
    return _head(case, kind, at) | {
        "status": _status(case, kind, standing),
        "rows": [{"word": two(word), "value": capfirst(str(value))} for word, value in rows_of(case)],
        "sections": [part | {"heading": two(part["heading"])} for part in parts],
        "office": str(office or ""),
        "check": _check(case),
    }


def _head(case, kind, at):
    title, opening = TITLES[kind]
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "kind": kind,
        "title": two(title),
        "opening": str(opening),
        "head": settings.OFFICIAL_NAME or gettext("Demo system"),
        "demo": "" if settings.OFFICIAL_NAME else gettext("demo"),
        "words": {name: two(word) for name, word in WORDS.items()},
        "colon": gettext(": "),
        "number": case.number,
        "issued": moment(at),
        "to": case.person.masked_name,
        "lacking": "",
    }


def outcome_of(case) -> str:
    """Of the latest decision: "accepted", "refused", "lapsed" …; "" before there is one."""
    return case.docket.decisions.order_by("-pk").values_list("outcome", flat=True).first() or ""


def kind_of(case, outcome, gap_open) -> str:
    """Which letter this is: accepted, gap, refused, or how the case stands."""
    if case.status in case.FINAL:
        return "refused" if outcome == "refused" else "standing"
    if outcome not in TONES:
        return "standing"
    return "gap" if gap_open else "accepted"


def rows_of(case) -> list[tuple]:
    """(word, value) of who and what, names masked; the service adds what was filed."""
    papers = gettext("; ").join(dict.fromkeys(str(paper["title"]) for paper in papers_of(case)))
    return rows_about(case, papers)


def rows_about(case, papers) -> list[tuple]:
    """The same with the papers already in words."""
    person = [
        (_("Case"), case.title),
        (_("For whom"), f"{case.person.masked_name} · {case.person.masked_cert}"),
        (_("Insured in"), case.region),
    ]
    agent = [(_("Filed by"), gettext("%(name)s (a relative)") % {"name": case.agent.masked_name})] if case.agent else []
    return [row for row in (*person, *agent, *case.letter_rows(), (_("Papers you gave"), papers)) if row[1]]


def office_of(case) -> Organisation | None:
    """The bureau of the region of a case or a notice, whom one can ask."""
    return Organisation.objects.filter(kind=Organisation.Kind.BUREAU, region=case.region_id).first()


def two(text) -> list[str]:
    """[in the reader's language, in the other one]; one only where they are the same."""
    other = next(code for code, _name in settings.LANGUAGES if code != (get_language() or settings.LANGUAGE_CODE))
    with override(other):
        second = str(text)
    return list(dict.fromkeys([str(text), second]))


def qr_of(address) -> str:
    """The QR of an address as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2)
    return out.getvalue().decode()


def picture_of(case, content) -> str:
    """The same QR for a page: as large as its frame, with its address in words."""
    code = segno.make(address_of(case.number), error="m", micro=False)
    return code.svg_inline(border=2, scale=4, omitsize=True, title=content["check"]["alt"])


def _status(case, kind, standing):
    because = getattr(case, "because", "") if standing["closed"] and kind == "standing" else ""
    return {"word": two(standing["status"]["word"]), "kind": standing["status"]["kind"], "verdict": standing["verdict"], "because": because}


def _check(case):
    address, site = address_of(case.number), f"{settings.SITE_URL.rstrip('/')}/v/"
    return {
        "svg": qr_of(address),
        "alt": gettext("QR code of this address: %(address)s") % {"address": address},
        "code": in_groups(code_of(case.number)),
        "by_hand": gettext("Or open %(site)s and type the number and this code:") % {"site": site},
        "counts": gettext("What counts is the answer there, also when this sheet carries no seal."),
    }
