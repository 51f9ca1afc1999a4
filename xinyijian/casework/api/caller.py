"""Who calls: a hospital's (later a bank's, a pharmacy's) system, known by the token that its key brought."""

from dataclasses import dataclass, field

LIVE, SANDBOX = "live", "sandbox"


@dataclass(frozen=True, slots=True)
class Caller:
    """One key of one organisation, as its token proves it; no secret is in here."""

    client_id: str
    organisation_id: int
    organisation_code: str
    organisation_kind: str  # people.Organisation.Kind
    region: str  # where the organisation is
    environment: str
    scopes: frozenset[str]
    user: object = field(repr=False)  # people.User: the system as an actor, with its one post

    is_authenticated = True

    @property
    def in_sandbox(self) -> bool:
        """Whether it sees made-up people only."""
        return self.environment == SANDBOX
