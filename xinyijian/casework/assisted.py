"""Cases that a hospital opens for a patient who is present. Each service says in its words.py that it can: `OPENED_AT_HOSPITAL` is the
permission, `open_at_hospital(person, organisation, *, by, at, key, occurred_at, data)` the verb."""
from xinyijian.people import scope

from . import words
from .models.case import case_classes


def kinds() -> dict:
    """{kind: what people call it} of everything that can be opened at a hospital."""
    labels = [model._meta.label for model in case_classes()]
    return {kind: words.title(kind) for kind in labels if hasattr(words.of_service(kind), "OPENED_AT_HOSPITAL")}


def openable(user, organisation_id, at) -> dict:
    """Those of them that this user may open at that hospital now."""
    return {kind: title for kind, title in kinds().items()
            if scope.holds(user, words.of_service(kind).OPENED_AT_HOSPITAL, "", organisation_id, at)}


def open_for(kind, person, organisation, *, by, at, **more):
    """The case; PermissionDenied, or Refused by the rules of the person's region."""
    return words.of_service(kind).open_at_hospital(person, organisation, by=by, at=at, **more)


def edit_url(case) -> str:
    """Where the case is filled in."""
    return words.of_service(case.docket.kind).edit_url(case)
