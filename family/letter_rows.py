"""What a letter about a family link says beside what every letter says."""
from django.utils.translation import gettext_lazy as _

from xinyijian.templatetags.portal import day, moment


def of_link(link) -> list[tuple]:
    """(word, value) of what was asked for."""
    return [
        (_("Relation"), link.get_relation_display()),
        (_("The other person"), link.masked_relative),
        (_("Sent on"), moment(link.sent_at)),
        (_("Registered on"), moment(link.in_force_at)),
        (_("The child comes of age"), day(link.comes_of_age_on)),
    ]
