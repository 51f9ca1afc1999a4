"""For the side of the desk: whether the auditor's pages are for this reader."""

from django import template

from xinyijian.oversight import reach

register = template.Library()


@register.simple_tag
def oversees(user, now) -> str:
    """The first page of the room for this reader: "trail", "proof", or "" for nobody's: `{% oversees user now as room %}`."""
    if not (user and user.is_authenticated and user.is_staff and now):
        return ""
    at = now() if callable(now) else now
    return "trail" if reach.may(user, reach.READ, at) else "proof" if reach.may(user, reach.PROVE, at) else ""
