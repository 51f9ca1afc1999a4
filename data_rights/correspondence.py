"""What the bureau wrote to a person, as sections of what is kept about her: letters, messages, and by which way each was sent."""

import json

from django.utils.translation import gettext_lazy as _

from xinyijian.casework.models import Letter, Notice, Sending

from .section import Section


def sections_of(person, *, masked) -> list[Section]:
    """Letters of her cases, messages to her, and what became of each on its way."""
    return [_letters(person, masked), _notices(person), _sendings(person)]


def _letters(person, masked):
    """In the file each with its words as they were issued; on the screen one opens it at its case."""
    found = Letter.objects.filter(docket__person=person).select_related("docket").order_by("-pk")
    rows = [
        {
            "kind": letter.get_kind_display(),
            "letter": letter.number,
            "number": letter.docket.number,
            "issued_at": letter.issued_at,
            "code": letter.code,
            "sha256": letter.sha256,
        }
        | ({} if masked else {"content": json.loads(letter.body)})
        for letter in (found.defer("body") if masked else found)
    ]
    columns = {"kind": _("what"), "letter": _("number"), "number": _("case"), "issued_at": _("issued at"), "code": _("confirmation code")}
    return Section("letters", _("Letters to you"), columns, rows)


def _notices(person):
    notices = Notice.objects.filter(recipient=person).select_related("docket").order_by("-pk")
    rows = [{"at": n.at, "number": n.number, "state": n.get_state_display(), "text": n.text} for n in notices]
    columns = {"at": _("when"), "number": _("case"), "text": _("text"), "state": _("state")}
    return Section("messages", _("Messages to you"), columns, rows)


def _sendings(person):
    found = Sending.objects.filter(notice__recipient=person).select_related("notice__docket").order_by("-pk")
    rows = [
        {
            "at": one.at,
            "channel": one.get_channel_display(),
            "state": one.get_state_display(),
            "answered_at": one.answered_at,
            "number": one.notice.number,
            "text": one.notice.text,
        }
        for one in found
    ]
    columns = {"at": _("when"), "channel": _("how"), "state": _("state"), "answered_at": _("receipt at"), "number": _("case")}
    return Section("sent", _("What was sent to you, and how"), columns, rows)
