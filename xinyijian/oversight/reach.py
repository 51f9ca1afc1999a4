"""How far an auditor sees: the regions of her own posts, and no further."""

from xinyijian.people import roles, scope

READ, PROVE = "oversight.read", "oversight.prove"


def regions(user, permission, at) -> frozenset | None:
    """Codes of the regions in which a post of hers holds the permission; None is all of them (superuser)."""
    if user.is_superuser:
        return None
    allowed = roles.allowed(permission)
    return frozenset().union(*(held.regions for held in scope.posts_of(user, at) if held.role in allowed))


def may(user, permission, at) -> bool:
    """Whether there is any such region."""
    found = regions(user, permission, at)
    return bool(user.is_active and user.is_staff and (found is None or found))
