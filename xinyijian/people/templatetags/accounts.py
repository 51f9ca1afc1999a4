"""For the side of the desk: whether accounts are opened by this reader."""
from django import template

from xinyijian.people import scope

register = template.Library()


@register.simple_tag
def opens_accounts(user, now) -> bool:
    """Whether the reader may open accounts at the counter: `{% opens_accounts user now as yes %}`."""
    return bool(user and user.is_staff and now and scope.holds_anywhere(user, "people.open_account", now))
