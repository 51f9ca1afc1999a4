"""Notices in the outbox, without the steps that queue them."""
from tests.filings import draft
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework.models import Notice


def empty_docket(town):
    """A case whose own notices wait no longer."""
    docket = draft(town, at=JAN_5, papers=()).docket
    Notice.objects.update(next_try_at=None)
    return docket


def queued(docket, person=None, at=JAN_5, text="您好"):
    person = person or docket.person
    event = Event.objects.create(kind="test", verb="told", at=at, object_id=docket.pk, person_id=person.pk)
    told = {"template": "t", "language": "en", "text": text, "at": at, "next_try_at": at}
    return Notice.objects.create(event=event, docket=docket, recipient=person, **told)


def now(notice):
    notice.refresh_from_db()
    return notice
