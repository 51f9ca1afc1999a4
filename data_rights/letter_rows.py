"""What a letter about a request says beside what every letter says; never the values themselves."""

from django.utils.translation import gettext_lazy as _

from xinyijian.people.corrections import LABELS
from xinyijian.templatetags.portal import moment


def of_request(case) -> list[tuple]:
    """(word, value) of what was asked and answered."""
    about = getattr(case, "about", None)
    return [
        (_("What is wrong"), LABELS[case.field] if hasattr(case, "field") else ""),
        (_("About"), about.number if about else "" if hasattr(case, "field") else _("credit standing")),
        (_("Sent on"), moment(case.submitted_at)),
        (_("Answered on"), moment(case.decided_at)),
        (_("Answer"), case.answer),
    ]
