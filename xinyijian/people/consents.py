"""Consents: the texts that people agree to, and keeping who agreed to which. Old versions of a text stay in the repository."""
import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string

from .models import Consent

CHINESE = "zh-hans"
VERSION = "2026-11"


@dataclass(frozen=True)
class Text:
    """A text of which every character counts: `sha256` is over the Chinese text in UTF-8; `aid` only helps to read it."""

    kind: str
    version: str
    text: str
    aid: str

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def title(self) -> str:
        """Its first line, in Chinese."""
        return self.text.split("\n", 1)[0]

    @property
    def body(self) -> str:
        """All but the title."""
        return self.text.split("\n", 1)[1].strip()

    @property
    def aid_title(self) -> str:
        """The first line of the reading aid."""
        return self.aid.split("\n", 1)[0]

    @property
    def aid_body(self) -> str:
        """The reading aid without its title."""
        return self.aid.split("\n", 1)[1].strip()


def text_of(kind, version=VERSION) -> Text:
    """What is agreed to, as it stands in templates/letters/consents/."""
    return Text(str(kind), version, *(_read(kind, version, language) for language in (CHINESE, "en")))


def _read(kind, version, language):
    return render_to_string(f"letters/consents/{kind}/{version}.{language}.txt").strip() + "\n"


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
