"""What a numbered letter says, from the press that it comes of: nothing is looked up, so two thousand cost no query more than one."""
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.templatetags.portal import moment

from .. import words
from ..decisions_shown import remedies
from ..models import LetterKind, WithGaps
from ..rules import answers
from . import content, sections

OPENINGS = {
    LetterKind.ACCEPTED: _("Your application is complete and is accepted. What was filed stands below."),
    LetterKind.GAP: _(
        "Your application is accepted although something is still missing, because you promised to hand it in. "
        "What, and by when, stands below."
    ),
    LetterKind.TOLD: _("Before we can decide we need the following from you. This is everything, told at once."),
    LetterKind.NOT_ACCEPTED: _("Your application cannot be accepted. Every reason stands below, and what you can do."),
    LetterKind.GRANTED: _("Your application is granted. What was decided stands below."),
    LetterKind.REFUSED: _("What you applied for is refused. Every reason stands below, and what you can do."),
    LetterKind.ENDED: _("What you had been granted ends. Why, and what you can do, stands below."),
}
AGAINST = (LetterKind.NOT_ACCEPTED, LetterKind.REFUSED, LetterKind.ENDED)  # with remedies at law
TONES = {LetterKind.TOLD: "warning", LetterKind.NOT_ACCEPTED: "danger", LetterKind.REFUSED: "danger", LetterKind.ENDED: "danger"}
SCAN = _("Scan to check that this letter is from us")


def content_of(press, kind, number, known, at) -> dict:
    """Everything that letter.typ prints but the code, in the active language: plain strings, lists and dicts."""
    case, office = press.case, known.offices.get(press.case.region_id)
    status = words.status(case._meta.label, case.status, staff=False)
    parts = [_missing(press, kind), _asked(press, kind), _reasons(press, kind), _next(press, kind), _remedies(press, kind)]
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "kind": kind,
        "title": content.two(LetterKind(kind).label),
        "opening": str(OPENINGS[kind]),
        "head": settings.OFFICIAL_NAME or gettext("Demo system"),
        "demo": "" if settings.OFFICIAL_NAME else gettext("demo"),
        "words": {name: content.two(word) for name, word in (content.WORDS | {"scan": SCAN}).items()},
        "colon": gettext(": "),
        "number": number,
        "issued": moment(at),
        "to": case.person.masked_name,
        "lacking": "",
        "status": {"word": content.two(status["word"]), "kind": TONES.get(kind, "done"), "verdict": "", "because": ""},
        "rows": [{"word": content.two(word), "value": capfirst(str(value))} for word, value in _rows(press, known)],
        "sections": [part | {"heading": content.two(part["heading"])} for part in [*parts, sections.help_of(office)] if part],
        "office": str(office or ""),
    }


def _rows(press, known):
    case, named = press.case, words.of_service(press.case._meta.label).document_name
    papers = gettext("; ").join(str(named(kind)) for kind in known.papers.get(case.docket_id, ()))
    return [row for row in ((_("Case number"), case.number), *content.rows_about(case, papers)) if row[1]]


def _missing(press, kind):
    """容缺: what is owed, by when, how that was computed, what will do instead; when it has ended, what did not come."""
    case = press.case
    if kind not in (LetterKind.GAP, LetterKind.ENDED) or not isinstance(case, WithGaps) or not case.owed:
        return None
    term, said = case.gap_term(press.params), words.of_service(case._meta.label)
    state = sections.State.OWED if kind == LetterKind.GAP else sections.State.OVERDUE
    items = [sections.gap_item({"title": said.document_name(code), "state": state, "because": "", **said.gap_of(case, code)}, term)
             for code in case.owed]
    small = case.gap_effect() if kind == LetterKind.GAP else ""
    return sections.section(_("Papers that follow later"), items=items, small=small, urgent=True)


def _asked(press, kind):
    """一次性告知: what the clerk wants again and why, and every rule that is not met."""
    if kind != LetterKind.TOLD:
        return None
    again = [sections.item(name) for name in words.of_service(press.case._meta.label).asked_again(press.case)]
    return sections.section(_("What we need from you"), lines=[_because(press)], items=again + _unmet(press), urgent=True)


def _reasons(press, kind):
    if kind not in AGAINST:
        return None
    seen = sections.answer_items(words.of_service(press.case._meta.label).reasons_of(press.case)) if kind != LetterKind.ENDED else []
    found = _unmet(press) + seen
    return sections.section(_("Why not"), lines=[_because(press)], items=found, urgent=True) if found or _because(press) else None


def _because(press):
    return getattr(press.case, "because", "")


def _unmet(press):
    """What the rules of the step say no to, each with its basis and what to do."""
    if press.facts is None or not press.step.weighs:
        return []
    return sections.answer_items([answer for _rule, answer in answers(press.step.weighs, press.facts, press.params) if not answer.ok])


def _next(press, kind):
    """By when the bureau or the person acts, as the letter is written."""
    kind_of_case = press.case._meta.label
    dues = [due for due in press.dues if due.role and (due.name != "supplement" or kind != LetterKind.GAP)]
    items = [sections.item(words.due(kind_of_case, due.name, staff=False), when=gettext("by %(moment)s") % {"moment": due.term},
                           how=due.term.words()) for due in sorted(dues, key=lambda due: due.at)]
    return sections.section(_("What happens next"), items=items) if items else None


def _remedies(press, kind):
    """Against what the bureau decided to somebody's disadvantage; what she ended herself needs none."""
    if kind not in AGAINST or press.step.is_the_applicants:
        return None
    return sections.section(_("If you do not agree"), items=[sections.item(line) for line in remedies()])
