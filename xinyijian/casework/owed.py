"""Everything that somebody still owes, herself or somebody for whom she acts: what, for which case, by when and how that was computed.

The cases are loaded once a service, so the number of queries depends on the number of services, never of cases.
"""
from collections import defaultdict

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from . import breaches, words
from .case_page import GIVE
from .days import day_of
from .models import APPLICANT, HERS, Breach, Deficiency, Docket, WithGaps
from .workflow import may_press, steps_of_class

MOST = 200  # cases; nobody owes in more
State = Deficiency.State
OPEN = (State.OWED, State.OVERDUE, State.GIVEN)


def of(user, at) -> dict:
    """{"owed": what she has to do, first due first, "waiting": what she gave and the bureau looks at, "breaches": what stands against}."""
    return _told_of(list(_dockets(user, at)[:MOST]), user, at)


def of_person(person_id, *, by, at) -> dict:
    """The same of one person, as far as a member of staff may see her cases."""
    return _told_of(list(_dockets(by, at).filter(person=person_id)[:MOST]), by, at)


def _told_of(dockets, user, at):
    gaps, cases, broken = _gaps(dockets), _cases(dockets, at), _broken(dockets, at)
    found = [one for docket in dockets for one in _of_case(docket, *cases[docket.pk], gaps[docket.pk], user, at)]
    found.sort(key=lambda one: (one["term"] is None, one["term"].at if one["term"] else at))
    return {
        "owed": [one for one in found if one["state"] != State.GIVEN],
        "waiting": [one for one in found if one["state"] == State.GIVEN],
        "breaches": [_told(breach, user) for breach in broken],
    }


def _dockets(user, at):
    """Hers and those of people for whom she acts; closed ones too, while a promise is to be made good or stands against her."""
    gaps = Deficiency.objects.filter(docket=OuterRef("pk"), state__in=OPEN)
    standing = Breach.objects.unrepaired(day_of(at)).filter(docket=OuterRef("pk"))
    own = Docket.objects.visible_to(user, at)
    wanted = Q(HERS, closed_at=None) | Exists(gaps) | Exists(standing)
    return own.filter(wanted).select_related("person").order_by("-pk")


def _gaps(dockets):
    found = defaultdict(list)
    for gap in Deficiency.objects.filter(docket__in=[d.pk for d in dockets], state__in=OPEN).order_by("pk"):
        found[gap.docket_id].append(gap)
    return found


def _cases(dockets, at):
    """{docket pk: (case, its facts)}; one query a service, and the facts where its due dates read them."""
    kinds, found = defaultdict(list), {}
    for docket in dockets:
        kinds[docket.kind].append(docket.pk)
    for kind, pks in sorted(kinds.items()):
        cases = list(apps.get_model(kind).objects.filter(docket__in=pks))
        facts = cases[0].facts_for(cases, at) if cases and cases[0].deadlines_read_facts else {}
        found |= {case.docket_id: (case, facts.get(case.pk)) for case in cases}
    return found


def _broken(dockets, at):
    return breaches.of_dockets([d.pk for d in dockets], day_of(at)).select_related("docket__person").order_by("pk")


def _of_case(docket, case, facts, gaps, user, at):
    dues = [due for due in case.deadlines(facts, case.params()) if due.role == APPLICANT]
    turns = [_turn(docket, due, user) for due in dues if due.name != "supplement"]
    return turns + [_paper(docket, case, gap, user, at) for gap in gaps]


def _turn(docket, due, user):
    said = {"what": words.due(docket.kind, due.name, staff=False), "state": State.OWED, "paper": False, "term": due.term}
    return _one(docket, user) | said | {"url": f"/cases/{docket.number}/", "why": "", "substitutes": (), "because": ""}


def _paper(docket, case, gap, user, at):
    said = words.of_service(docket.kind)
    step = steps_of_class(type(case)).get(GIVE)
    free = step and case.status in step.sources and may_press(case, step, user, at)
    counts = gap.state == State.OWED and isinstance(case, WithGaps) and case.gap_since
    told = said.gap_of(case, gap.code)
    return _one(docket, user) | {
        "what": said.document_name(gap.code),
        "state": gap.state,
        "paper": True,
        "term": case.gap_term(case.params()) if counts else None,
        "url": f"/cases/{docket.number}/{GIVE}/?code={gap.code}" if free else "",
        "why": told["why"],
        "substitutes": told["substitutes"],
        "because": gap.because,
    }


def _one(docket, user):
    return {"title": words.title(docket.kind), "number": docket.number, "whose": _whose(docket, user)}


def _told(breach, user):
    return {"kind": breach.kind, "word": breach.get_kind_display(), "since": breach.since, "until": breach.expires_on,
            "because": breach.because, "number": breach.docket.number, "whose": _whose(breach.docket, user)}


def _whose(docket, user):
    return docket.person.masked_name if docket.person_id != user.person_id else ""
