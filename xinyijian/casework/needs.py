"""What needs a person now: drafts to finish, things sent back, papers promised. The same few queries for one case or many."""

from django.db.models import Q

from . import words
from .models import APPLICANT, HERS, Deficiency, Docket
from .models.case import case_classes

LISTED = ("number", "kind", "status", "due_name", "due_at", "queue_role", "opened_at", "closed_at", "occurred_at", "person__name")
OWED = (Deficiency.State.OWED, Deficiency.State.OVERDUE)
MOST = 30


def of(user, at) -> list[dict]:
    """Each with what to do, where, by when; what is due first stands first, drafts last."""
    own = Docket.objects.visible_to(user, at).filter(closed_at=None)
    gaps = Deficiency.objects.filter(docket__in=own.values("pk"), state__in=OWED).select_related("docket__person").order_by("pk")
    turns = own.filter(HERS | Q(status="draft")).exclude(due_name="supplement")
    found = [_paper(gap, user) for gap in gaps[:MOST]] + [
        _turn(d, user) for d in turns.select_related("person").only(*LISTED).order_by("-pk")[:MOST]
    ]
    found += [need for model in case_classes() for need in model.needs_of(user, at)]
    return sorted(found, key=lambda need: (need["due_at"] is None, need["due_at"] or at))


def _paper(gap, user):
    docket, late = gap.docket, gap.state == Deficiency.State.OVERDUE
    return _need(
        docket,
        user,
        what=words.of_service(docket.kind).document_name(gap.code),
        kind="danger" if late else "warning",
        url=f"/cases/{docket.number}/give_missing/?code={gap.code}",
        state=gap.get_state_display(),
        paper=True,
    )


def _turn(docket, user):
    status = words.status(docket.kind, docket.status, staff=False)
    return _need(
        docket,
        user,
        what=words.due(docket.kind, docket.due_name, staff=False),
        kind=status["kind"],
        url=f"/cases/{docket.number}/",
        state=status["word"],
        paper=False,
    )


def _need(docket, user, **more):
    mine = docket.queue_role == APPLICANT or docket.due_name == "correct"
    return {
        "title": words.title(docket.kind),
        "number": docket.number,
        "due_at": docket.due_at if mine else None,
        "whose": docket.person.masked_name if docket.person_id != user.person_id else "",
        **more,
    }
