"""The parts of a letter below the facts: what is missing, why not, what happens next, what one can do, whom to ask."""

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import case_page, words
from xinyijian.casework.decisions_shown import TONES, remedies
from xinyijian.casework.models import Deficiency, WithGaps
from xinyijian.people.counters import counter

State = Deficiency.State
MARKS = {  # of a document that may follow later
    State.OWED: (_("missing"), "warning"),
    State.GIVEN: (_("handed in, being checked"), "waiting"),
    State.OVERDUE: (_("overdue"), "danger"),
    State.VERIFIED: (_("received and checked"), "done"),
}


def of(case, kind, shown, outcome, office) -> list[dict]:
    """Those that have something to say: heading, lines, numbered items, small print."""
    reasons = _reasons(case_page.refusal_of(case)) if kind == "refused" else None
    found = [_missing(case, shown["gaps"]), _again(case), reasons, _next(shown), _remedies(outcome), help_of(office)]
    return [section for section in found if section]


def section(heading, lines=(), items=(), small="", urgent=False) -> dict:
    """One part of a letter, as letter.typ reads it."""
    return {"heading": heading, "lines": [str(line) for line in lines if line], "items": list(items), "small": str(small), "urgent": urgent}


def item(lead, *, mark="", tone="", when="", lines=(), how=()) -> dict:
    """One numbered point of a part."""
    return {
        "lead": capfirst(str(lead)),
        "mark": str(mark),
        "tone": tone,
        "when": str(when),
        "lines": [str(line) for line in lines if line],
        "how": list(how),
    }


def _missing(case, gaps):
    """容缺: what is owed, by when, how that was computed, what will do instead, and what happens otherwise."""
    over = case.status in case.FINAL
    gaps = [gap for gap in gaps if not over or gap["state"] in (State.GIVEN, State.OVERDUE)]
    if not gaps:
        return None
    term = case.gap_term(case.params()) if isinstance(case, WithGaps) and case.gap_since else None
    waiting = not over and any(gap["state"] in (State.OWED, State.OVERDUE) for gap in gaps)
    effect = case.gap_effect() if waiting else ""
    return section(_("Papers that follow later"), items=[gap_item(gap, term) for gap in gaps], small=effect, urgent=True)


def gap_item(gap, term) -> dict:
    """One document that may follow later: by when, how that was computed, and what will do instead."""
    mark, tone = MARKS[gap["state"]]
    if gap["state"] in (State.VERIFIED, State.GIVEN):
        return item(gap["title"], mark=mark, tone=tone)
    instead = gettext("This will do as well: %(papers)s") % {"papers": gettext("; ").join(gap["substitutes"])} if gap["substitutes"] else ""
    when = gettext("by %(moment)s") % {"moment": term} if term else ""
    return item(gap["title"], mark=mark, tone=tone, when=when, lines=[_told(_("Why it will not do"), gap["because"]), instead],
                 how=term.words() if term else [])


def _again(case):
    """What the bureau sent back, once and completely."""
    redo = words.of_service(case.docket.kind).asked_again(case)
    because = getattr(case, "because", "")
    if case.status in case.FINAL or not (redo or because):
        return None
    return section(_("What we need from you"), lines=[because], items=[item(name) for name in redo], urgent=True)


def _reasons(refused):
    """Every reason, never only the first; each with what to do about it."""
    return section(_("Why not"), lines=[refused["because"]], items=answer_items(refused["answers"]), urgent=True)


def answer_items(found) -> list[dict]:
    """Rules or reasons, each with what to do and its basis."""
    return [item(one.text, lines=[_told(_("What to do"), one.remedy), _told(_("Basis"), one.basis)]) for one in found]


def _told(word, text):
    return f"{word}{gettext(': ')}{text}" if text else ""


def _next(shown):
    items = [
        item(one["what"], when=gettext("by %(moment)s") % {"moment": one["term"]}, how=one["term"].words()) for one in shown["expected"]
    ]
    return section(_("What happens next"), items=items) if items else None


def _remedies(outcome):
    """Against what was decided to somebody's disadvantage."""
    against = outcome and outcome not in TONES
    return section(_("If you do not agree"), items=[item(line) for line in remedies()]) if against else None


def help_of(office) -> dict:
    """Whom to ask."""
    one = counter(office or "", getattr(office, "phone", ""), getattr(office, "address", ""))
    line = " · ".join(part for part in (str(office or ""), one.address, one.phone, one.hours) if part)
    return section(
        _("Whom to ask"), lines=[gettext("Questions, a mistake on this sheet, or no way to be in time? Ask the counter; it helps."), line]
    )
