"""Consents: the texts that people agree to, and keeping who agreed to which. Old versions of a text stay in the repository."""
from dataclasses import dataclass

from . import texts
from .models import Consent

VERSION = "2026-11"


@dataclass(frozen=True, kw_only=True)
class Text(texts.VersionedText):
    """What somebody agrees to, by its kind (models.Consent.Kind)."""

    kind: str


def text_of(kind, version=VERSION) -> Text:
    """What is agreed to, as it stands in templates/letters/consents/."""
    return Text(kind=str(kind), **texts.read(f"consents/{kind}", version))


def give(person_id, kind, *, by, at, how=Consent.How.ONLINE, reference="", key=None) -> Consent:
    """Keep one consent to the present text."""
    text = text_of(kind)
    return Consent.objects.create(person_id=person_id, kind=kind, version=text.version, sha256=text.sha256, how=how, given_by=by, at=at,
                                  reference=reference, key=key)


def keep(cases, *, at, by, inputs):
    """The consents that came with a step: inputs["agreed"] names (side, kind), and `case.person_of(side)` whose they are."""
    how = inputs.get("how") or Consent.How.ONLINE
    for case in cases:
        for side, kind in inputs.get("agreed", ()):
            give(case.person_of(side), kind, by=by, at=at, how=how, reference=case.number)


def standing_consent(person_id, kind) -> Consent | None:
    """The newest consent of that kind that was not withdrawn."""
    return Consent.objects.filter(person=person_id, kind=kind, withdrawn_at=None).order_by("-at", "-pk").first()
