"""In which capacity somebody acts: the word that the timeline shows instead of a name."""
from django.utils.translation import gettext_lazy as _

from xinyijian.people import scope
from xinyijian.people.models import Role

WORDS = {"clock": _("the system, by the clock"), "platform": _("the insurance platform"), "self": _("the person herself"),
         "relative": _("a relative"), "administrator": _("an administrator")}


def capacity_of(by, case, at) -> str:
    """self, relative, clock, platform, a role, or administrator."""
    if by.pk is None:
        return by.name
    if by.person_id and not by.is_staff:
        return "self" if by.person_id == case.person_id else "relative"
    role = scope.role_over(by, case.region_id, case.organisation_id, at)
    return role or "administrator"


def words_for(label) -> str:
    """The capacity in the reader's language."""
    return WORDS.get(label) or dict(Role.choices).get(label, label)
