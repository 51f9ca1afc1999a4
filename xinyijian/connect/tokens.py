"""Lock and bookkeeping of the token endpoint, in real time."""

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

from xinyijian import audit
from xinyijian.people import ceilings, sign_in

from .models import Client


def seconds_left(request, name) -> int:
    """How long this name stays locked, for this address or for all new ones; 0 when it is not, and then the try is counted."""
    if not sign_in.is_locked(request, name):
        return ceilings.take(request, name)
    tries = AccessAttempt.objects.filter(username=sign_in.lock_name(request, {"username": name}), ip_address=sign_in.address_of(request))
    last = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    whole = int(settings.AXES_COOLOFF_TIME * 3600)
    return max(1, whole - int((timezone.now() - last).total_seconds())) if last else whole


def note_use(request, client_id) -> None:
    """A token was given: the wrong tries before it are forgotten, the key says when it was last used, and the trail says so too."""
    sign_in.forget_failures(request, client_id)
    ceilings.give_back(request, client_id)
    client, now = Client.objects.select_related("acts_as", "organisation").get(client_id=client_id), timezone.now()
    Client.objects.filter(pk=client.pk).update(used_at=now)
    audit.record("connect.Client", "token", by=client.acts_as, at=now, object_id=client.pk, region=client.organisation.region_id,
                 data={"client_id": client_id})
