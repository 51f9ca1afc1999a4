"""Words for what the register holds as codes; each service says its own in its words.py."""

from functools import cache
from importlib import import_module

from django.apps import apps

KINDS = {
    "neutral": "ended",
    "info": "waiting",
    "warning": "warning",
    "positive": "done",
    "danger": "danger",
}  # tone -> drawing of status.html


@cache
def of_service(kind):
    """The module words.py of the service of this kind of case ("remote_care.Filing")."""
    return import_module(f"{kind.partition('.')[0]}.words")


def title(kind) -> str:
    """What people call this kind of case."""
    return apps.get_model(kind).title


def gists(dockets) -> dict:
    """{number: what tells this case from others of its kind}; one query for each kind."""
    kinds = {}
    for docket in dockets:
        kinds.setdefault(docket.kind, []).append(docket.number)
    return {number: gist for kind, numbers in kinds.items() for number, gist in apps.get_model(kind).gists(numbers).items()}


def about(notice) -> str:
    """What a message is about, naming nobody: the kind of its case, or its own subject."""
    return title(notice.docket.kind) if notice.docket_id else notice.get_subject_display()


def due(kind, name, *, staff) -> str:
    """What is due, for the one who does it or for the person who waits for it."""
    words = of_service(kind).DUES.get(name)
    return words[0 if staff else 1] if words else ""


def status(kind, code, *, staff) -> dict:
    """{word, kind} for status.html: the inside word for staff, the public one for the person."""
    model = apps.get_model(kind)
    public, tone = model.public_status[code]
    return {"word": model.Status(code).label if staff else public, "kind": "draft" if code == "draft" else KINDS[tone]}


def because(text) -> str:
    """A reason as people read it: in words where it was chosen from a service's list, as it was typed otherwise."""
    from .models.case import case_classes

    chosen = (getattr(of_service(model._meta.label), "BECAUSE", {}).get(text) for model in case_classes())
    return str(next(filter(None, chosen), text))


def document_name(code) -> str:
    """A paper's name in the active language, whichever service asks for it; an unknown code as it is."""
    from .models.case import case_classes

    names = (of_service(model._meta.label).document_name(code) for model in case_classes())
    return next((str(name) for name in names if str(name) != code), code)
