"""A stored decision as people read it: outcome, reasons, facts, rules, and the grade of every value it rests on."""

from dataclasses import fields
from types import SimpleNamespace

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xinyijian.policies import Params
from xinyijian.policies.calendar import calendar
from xinyijian.policies.parameters import DECLARED

from . import words
from .capacity import words_for
from .decisions import asked_again, facts_of, still_holds
from .rules import Met, Unmet
from .workflow import steps_of_class

TONES = {"accepted": "approved", "approved": "approved"}  # every other outcome takes something away
GRADES = {"assumed": gettext_lazy("assumed"), "unverified": gettext_lazy("not verified"), "sourced": gettext_lazy("from an official text")}


def decisions_of(case) -> list[dict]:
    """Newest first, for decision.html."""
    return [shown(case, decision) for decision in case.docket.decisions.select_related("event", "docket").order_by("-pk")]


def shown(case, decision) -> dict:
    """One of them, asked again with today's code over the facts and values of then."""
    said, tone, askable = words.of_service(case.docket.kind), TONES.get(decision.outcome, "refused"), is_askable(decision)
    answers = [answer for _rule, answer in asked_again(decision)] if askable else answers_of_then(decision)
    values = values_of(decision)
    return {
        "outcome": tone,
        "sentence": steps_of_class(type(case))[decision.event.verb].done,
        "because": decision.because,
        "answers": [*answers, *(said.reasons_of(case) if tone == "refused" else [])],
        "facts": said.facts_in_words(facts_of(decision) if askable else SimpleNamespace(**decision.facts)),
        "by": words_for(decision.event.by_label),
        "at": decision.at,
        "marks": [*unsure(values), *notes(decision)],
        "notes": notes(decision),
        "values": values,
        "version": decision.params_version,
        "remedies": remedies() if tone == "refused" else [],
    }


def is_askable(decision) -> bool:
    """Whether every fact that today's rules read was kept then; a rule may ask for more than an old decision knew."""
    return {f.name for f in fields(apps.get_model(decision.docket.kind).Facts)} <= decision.facts.keys()


def answers_of_then(decision) -> list:
    """The answers as they were kept, each with the sentence that its rule is named by."""
    found = []
    for name, code in decision.answers:
        text = (import_string(name).__doc__ or name).strip().splitlines()[0]
        found.append(Unmet(code, text) if code else Met(text))
    return found


def values_of(decision) -> list[dict]:
    """Every value of the policy of then: what it is, how sure, on what it rests; the unsure ones first."""
    params = Params.from_snapshot(decision.params, calendar())
    declared = DECLARED.get(decision.params["service"], {})
    found = []
    for name, (grade, source) in decision.params["sources"].items():
        parameter = declared.get(name)
        value = parameter.in_words(getattr(params, name)) if parameter else getattr(params, name)
        unit = parameter.unit if parameter and getattr(params, name) is not None else ""
        found.append(
            {
                "word": parameter.text if parameter else name,
                "value": value,
                "unit": unit,
                "grade": grade,
                "grade_word": GRADES[grade],
                "source": source,
            }
        )
    return sorted(found, key=lambda one: one["grade"] == "sourced")


def unsure(values) -> list[str]:
    """For staff: how many values are not from an official text."""
    count = sum(value["grade"] != "sourced" for value in values)
    text = ngettext(
        "%(count)d value of the policy rests on an assumption or is not verified; see below",
        "%(count)d values of the policy rest on assumptions or are not verified; see below",
        count,
    )
    return [text % {"count": count}] if count else []


def notes(decision) -> list[str]:
    """What every reader must know beside the outcome."""
    if not is_askable(decision):
        return [gettext_lazy("The rules have changed since; shown is what was answered then")]
    return [] if still_holds(decision) else [gettext_lazy("Asked again today, the rules would answer differently")]


def remedies() -> list[str]:
    """What one can do against it."""
    return [
        _("Ask the counter: it explains the decision, and corrects it when it is wrong."),
        _("Mend what is named above and apply again; you may do so at any time."),
        _("Within 60 days you may ask for an administrative reconsideration (Administrative Reconsideration Law, article 20), "
          "or within six months go to court (Administrative Litigation Law, article 46)."),
    ]
