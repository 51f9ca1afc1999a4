"""The page of one case: what the person reads, and what the desk sees beside it."""

from xinyijian.audit import look, look_once
from xinyijian.people import scope, standing
from xinyijian.people.counters import counter_of
from xinyijian.people.unmasking import may_unmask

from . import claims, documents_shown, pages, words
from .days import day_of
from .decisions_shown import decisions_of
from .models import APPLICANT, Deficiency, Docket
from .workflow import may_press, steps_of_class

GIVE = "give_missing"  # the verb by which every service takes a document that was promised
SUBMIT = "submit"
KEYS = {"accept": "a", "return_to_applicant": "r", "refuse": "f", "verify_gap": "v"}
State = Deficiency.State


def note_reading(case, *, by, at, where, goes_on=False):
    """A member of staff has looked at somebody's case: on record. `goes_on`: she turns its papers over, which is still the same look."""
    (look_once if goes_on else look)(
        Docket._meta.label,
        "read",
        by=by,
        at=at,
        object_id=case.docket_id,
        person_id=case.person_id,
        region=case.region_id,
        data={"as": where},
    )


def for_person(case, *, by, at) -> dict:
    """Status, what happens next, what she owes, why not, what she can do."""
    steps = pages.buttons_for(case, by=by, at=at)
    entitlement = standing.benefits_through([case.person_id], day_of(at))[case.person_id]
    return shared(case, steps, at, staff=False) | {
        "entitlement": entitlement,
        "for_other": case.person_id != by.person_id,
        "counter": counter_of(case.region_id),
        "edit_url": edit_url(case, by=by, at=at),
        "papers": documents_shown.papers_of(case),
        "receipt": case.status != "draft",
        "redo": words.of_service(case.docket.kind).asked_again(case),
        "refused": refusal_of(case),
    }


def refusal_of(case) -> dict | None:
    """The decision that closed it against her wish: what was lacking, because that is what she can mend; else all it rests on."""
    last = next(iter(decisions_of(case)), None) if case.is_closed else None
    if last is None or last["outcome"] != "refused":
        return None
    unsure = any(value["grade"] != "sourced" for value in last["values"])
    lacking = [answer for answer in last["answers"] if not answer.ok]
    return last | {"marks": last["notes"], "unsure": unsure, "answers": lacking or last["answers"]}


def for_desk(case, *, by, at, wish) -> dict:
    """Facts and papers side by side, the rules of the decision that is due, whose hands it is in; `wish` is the query of the address."""
    steps = pages.buttons_for(case, by=by, at=at)
    judged = next((s for s in steps if s.rules and s.decision), None)
    held = claims.holding(case.docket, at)
    rules = pages.rules_of(case, judged, by=by, at=at) if judged else []
    return shared(case, steps, at, staff=True) | {
        "judged": judged,
        "rules": rules,
        "unmet": [answer for answer in rules if not answer.ok],
        "decisions": decisions_of(case),
        "viewer": documents_shown.viewer(case, wish, given_paper(case)),
        "errands": errands_of(case, steps),
        "signed": words.of_service(case.docket.kind).signed(case),
        "edit_url": edit_url(case, by=by, at=at),
        "held": held,
        "person_url": f"/desk/people/{case.person_id}/" if scope.holds(by, "people.read", case.person.region_id, None, at) else "",
        "may_unmask": may_unmask(by, case.region_id, case.organisation_id, at),
        "may_take": claims.may_take(case.docket, by, at) if held is None else claims.may_take_over(case.docket, held, by, at),
        "may_give": claims.may_give(case.docket, by, at),
        "colleagues": [c for c in claims.colleagues(case.docket, at) if c != held.holder]
        if held and claims.may_give(case.docket, by, at)
        else [],
    }


def shared(case, steps, at, *, staff) -> dict:
    """What both readers get, each in her own words."""
    kind, dues = case.docket.kind, pages.dues_of(case, at)
    coming, gaps = expected_of(case, dues, staff=staff), gaps_of(case, dues, may_give=any(s.verb == GIVE for s in steps))
    return {
        "case": case,
        "at": at,
        "title": case.title,
        "status": words.status(kind, case.status, staff=staff),
        "expected": [one for one in coming if staff or not gaps or one["name"] != "supplement"],  # a gap says itself by when
        "coming": next(iter(coming), None),
        "ends": next((d.term for d in dues if d.name == "end"), None),
        "gaps": gaps,
        "timeline": pages.timeline_of(case),
        "letters": case.docket.letters.order_by("-pk").defer("body"),
        "facts_template": f"{case._meta.app_label}/{case._meta.model_name}_facts.html",
        "steps": buttons(case, [s for s in steps if staff or s.verb != GIVE or not gaps]),
    }


def expected_of(case, dues, *, staff) -> list[dict]:
    """What somebody has to do, with its term: first the reader's own part."""
    waiting = sorted((due for due in dues if due.role), key=lambda due: ((due.role == APPLICANT) == staff, due.at))
    return [
        {"what": words.due(case.docket.kind, due.name, staff=staff), "term": due.term, "name": due.name, "mine": due.role == APPLICANT}
        for due in waiting
    ]


def buttons(case, steps) -> list[dict]:
    """Each with where it leads and what it does; sending is the last page of the form, not a button here."""
    return [
        {"url": f"/cases/{case.number}/{s.verb}/", "label": s.label, "effect": s.effect, "tone": s.tone, "key": KEYS.get(s.verb, "")}
        for s in steps
        if s.verb != SUBMIT
    ]


def edit_url(case, *, by, at) -> str:
    """The form in which it is filled in, for whoever may send it, as long as it can be sent; "" otherwise."""
    submit = steps_of_class(type(case)).get(SUBMIT)
    open_now = submit and case.status in submit.sources and may_press(case, submit, by, at)
    return words.of_service(case.docket.kind).edit_url(case) if open_now else ""


def gaps_of(case, dues, *, may_give) -> list[dict]:
    """What was promised, with its term, for gaps.html."""
    said = words.of_service(case.docket.kind)
    term = next((due.term for due in dues if due.name == "supplement"), None)
    return [
        {
            "code": gap.code,
            "title": said.document_name(gap.code),
            "state": gap.state,
            "because": gap.because,
            **said.gap_of(case, gap.code),
            "term": term if gap.state == State.OWED else None,
            "upload_url": f"/cases/{case.number}/{GIVE}/?code={gap.code}" if may_give and gap.state in (State.OWED, State.OVERDUE) else "",
        }
        for gap in Deficiency.objects.filter(docket=case.docket).order_by("pk")
    ]


def given_paper(case):
    """The uuid of the promised paper that came and waits to be checked; None without one."""
    given = Deficiency.objects.filter(docket=case.docket, state=State.GIVEN, document__isnull=False)
    return given.order_by("-document").values_list("document__uuid", flat=True).first()


def errands_of(case, steps) -> list[dict]:
    """What was asked of other systems and not answered, or refused: with the button that helps."""
    said, offered = words.of_service(case.docket.kind).ERRANDS, {s.verb for s in steps}
    found = []
    for errand in case.docket.errands.filter(done_at=None).order_by("-pk"):
        name, by_hand = said.get(errand.name, (errand.name, ""))
        found.append(
            {
                "errand": errand,
                "name": name,
                "refused": errand.next_try_at is None,
                "url": f"/cases/{case.number}/{by_hand}/" if by_hand in offered else "",
            }
        )
    return found
