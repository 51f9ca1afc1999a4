"""For the side of the desk: whether the counter's page is for this reader."""
from django import template

from remote_care.drafts import may_open_filings

register = template.Library()


@register.simple_tag
def serves_at_counter(user, now) -> bool:
    """Whether the reader may open filings for people at the counter: `{% serves_at_counter user now as yes %}`."""
    return bool(user and user.is_staff and now and may_open_filings(user, now))
