"""Which papers a filing is asked for, which of them are there, and which were given before for something else."""
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xinyijian.casework.models import Document
from xinyijian.casework.reuse import earlier_papers, origin_of

from .parameters import allows_commitment, documents_for, name_of

IDENTITY = _("So that the filing is made for the right person.")
RESIDENCE = _("It shows that you really live there, so that hospitals there can settle directly.")
WORK = _("It shows that your work is there.")
WHY = {
    "identity_card": IDENTITY, "identity_photo": IDENTITY, "residence_proof": RESIDENCE, "household_register_front": RESIDENCE,
    "household_register_page": RESIDENCE, "posting_letter": WORK, "referral_form": _("It shows that your hospital sends you there."),
}


@dataclass(frozen=True)
class Asked:
    """One paper on the list: what it is, why, what else will do, and what is there of it."""

    code: str
    substitutes: tuple
    may_follow: bool  # one of the closed list that beneficiaries may hand in later
    given: Document | None  # the newest that counts
    redo: bool  # the bureau asks for it again, and nothing new has come
    earlier: Document | None  # the same person gave one for another case
    region: str
    at: object

    @property
    def title(self) -> str:
        return name_of(self.code)

    @property
    def why(self) -> str:
        return WHY.get(self.code, "")

    @property
    def also(self) -> list[str]:
        """What is accepted instead, in words."""
        return [name_of(code) for code in self.substitutes]

    @property
    def choices(self) -> list[tuple]:
        """Which paper it is, for a form."""
        return [(code, name_of(code)) for code in self.kinds]

    @property
    def kinds(self) -> tuple:
        return (self.code, *self.substitutes)

    @property
    def given_name(self) -> str:
        return name_of(self.given.kind) if self.given else ""

    @property
    def earlier_name(self) -> str:
        return name_of(self.earlier.kind) if self.earlier else ""

    @property
    def origin(self):
        """For which case the earlier one was first given, and until when it counts."""
        return origin_of(self.earlier, self.region, self.at) if self.earlier else None


def list_of(filing) -> dict:
    """{"principal": […], "secondary": […]} that the region asks for, by how she shows that she lives there."""
    asked = documents_for(filing.params(), filing.type, filing.channel)
    return asked["commitment"] if filing.basis == "commitment" and "commitment" in asked else asked["documents"]


def asks_basis(filing) -> bool:
    """Whether there is a choice between proof and commitment letter at all."""
    return allows_commitment(filing.params(), filing.type, filing.channel)


def asked_of(filing, *, by, at) -> list[Asked]:
    """Every paper of the list, principal ones first; two queries."""
    own = list(Document.objects.filter(docket=filing.docket_id).order_by("-received_at", "-pk"))
    others = _others(filing, by, at)
    return [_asked(filing, paper, part == "secondary", own, others, at) for part, papers in _parts(filing) for paper in papers]


def _parts(filing):
    papers = list_of(filing)
    return [(part, papers[part]) for part in ("principal", "secondary")]


def _others(filing, by, at):
    return earlier_papers(filing.person_id, filing.region_id, but=filing.docket_id, by=by, at=at)


def _asked(filing, paper, may_follow, own, others, at):
    kinds = (paper["code"], *paper.get("substitutes", ()))
    ours = [document for document in own if document.kind in kinds]
    given = next((document for document in ours if _counts(filing, document)), None)
    kept = {document.sha256 for document in ours}
    earlier = next((document for document in others if document.kind in kinds and document.sha256 not in kept), None)
    return Asked(paper["code"], kinds[1:], may_follow, given, bool(ours) and given is None, earlier, filing.region_id, at)


def _counts(filing, document):
    return document.kind not in filing.redo or document.received_at > filing.returned_at
