"""Who presses a button when no person does."""
from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """An actor without a sign-in. Not None, which a slip could pass."""

    name: str
    pk = None
    person_id = None
    is_authenticated = False

    def __str__(self):
        return self.name


CLOCK = System("clock")
PLATFORM = System("platform")


def clock_only(case, user) -> bool:
    """Nobody but the clock."""
    return user is CLOCK


def platform_only(case, user) -> bool:
    """Nobody but the answer of the insurance platform."""
    return user is PLATFORM


def the_applicant(case, user) -> bool:
    """The person herself or a relative; that a relative may act for her was asked when the case was read (`visible_to`)."""
    return bool(user.person_id) and not getattr(user, "is_staff", False)
