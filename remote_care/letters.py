"""What people read or sign when they file: Chinese texts of a version, with an English reading aid. Old versions stay."""
from dataclasses import dataclass

from xinyijian.people import texts

from .entitlements import all_of
from .parameters import names_of

VERSIONS = {"commitment": "2026-11", "promise": "2026-11"}  # the filing notice's version is the region's choice


@dataclass(frozen=True, kw_only=True)
class Letter(texts.VersionedText):
    """One of the three texts of a filing, as it is read or signed."""

    name: str
    codes: tuple = ()  # the papers that a promise is about


def notice_for(filing) -> Letter:
    """备案告知书 (S3.10), in the version that her region prescribes."""
    params = filing.params()
    return _letter("filing_notice", params.notice_version, lambda: {"params": params, "entitlements": all_of(params, filing.insutype)})


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
    return Letter(name=name, codes=codes, **texts.read(name, version, context))


def _who(filing):
    agent = filing.agent
    return {"number": filing.number, "name": filing.person.name, "cert": filing.person.masked_cert, "agent": agent.name if agent else ""}

