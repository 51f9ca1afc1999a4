"""Opening again what was closed (重新开通账号): only what she closed herself, at the counter; phones and password begin anew."""

from xinyijian import audit
from xinyijian.audit.models import Event

from . import registration
from .models import User

LAST_DEED = {"kind": "people.User", "verb__in": ("close", "open_again")}


def account_of(person) -> User | None:
    """Her one account, open or closed."""
    return person.users.filter(is_staff=False, is_superuser=False).order_by("pk").first()


def closed_by_themselves(user_ids) -> dict:
    """{user id: when} of those who closed their own account and have not had it opened since. One query."""
    found = Event.objects.filter(**LAST_DEED, object_id__in=list(user_ids)).order_by("object_id", "-pk").distinct("object_id")
    return {event.object_id: event.at for event in found if event.verb == "close" and event.by_id == event.object_id}


def open_again(cases, *, at, by, inputs):
    """Named in a step as then=(open_again,): each case has person and number. The new phone, if any, waits for its code."""
    for case in cases:
        user = account_of(case.person)
        user.is_active, user.display_name = True, case.person.name
        user.save(update_fields=["is_active", "display_name"])
        audit.record("people.User", "open_again", by=by, at=at, object_id=user.pk, person_id=case.person_id, region=case.region_id,
                     data={"case": case.number, "because": case.because})
        if phone := inputs.get("phone"):
            registration.add_phone(user, phone, how="counter", at=at, by=by, verified=False)
