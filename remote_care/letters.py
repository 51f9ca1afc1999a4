"""What people read or sign when they file: Chinese texts of a version, with an English reading aid. Old versions stay."""
import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import override

from .parameters import names_of

CHINESE = "zh-hans"
VERSIONS = {"commitment": "2026-11", "promise": "2026-11"}  # the filing notice's version is the region's choice


@dataclass(frozen=True)
class Letter:
    """A text of which every character counts: `sha256` is over the Chinese text in UTF-8; `aid` only helps to read it."""

    name: str
    version: str
    text: str
    aid: str
    codes: tuple = ()  # the papers that a promise is about

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


def notice_for(filing) -> Letter:
    """备案告知书 (S3.10), in the version that her region prescribes."""
    params = filing.params()
    return _letter("filing_notice", params.notice_version, lambda: {"params": params})


def commitment_for(filing) -> Letter:
    """长期异地居住人员个人承诺书 (S3.16), with what she has filled in."""
    params = filing.params()
    return _letter("commitment", VERSIONS["commitment"], lambda: _who(filing) | {
        "home": str(filing.region), "place": filing.place or "", "months": params.residence_months, "since": filing.resident_since,
        "address": filing.remote_address.strip()})


def promise_for(filing, codes) -> Letter:
    """容缺办理承诺书 (S0.12): the promise to hand in these secondary documents later."""
    params = filing.params()
    return _letter("promise", VERSIONS["promise"], lambda: _who(filing) | {"params": params, "papers": names_of(codes)}, tuple(codes))


def _letter(name, version, context, codes=()):
    texts = []
    for language in (CHINESE, "en"):
        with override(language):
            texts.append(render_to_string(f"letters/{name}/{version}.{language}.txt", context()).strip() + "\n")
    return Letter(name, version, *texts, codes)


def _who(filing):
    agent = filing.agent
    return {"number": filing.number, "name": filing.person.name, "cert": filing.person.masked_cert, "agent": agent.name if agent else ""}

