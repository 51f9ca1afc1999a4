"""Each hospital's own keys at the insurance platform: sealed, never shown again, replaced as a pair."""
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.gateways.senders import Sender, from_environment

from .models import Organisation, PlatformKey


def sender_of(organisation_code: str) -> Sender | None:
    """The pair in use; without one that of the environment (settings.PLATFORM_SENDERS); None when the hospital has neither."""
    row = PlatformKey.objects.filter(organisation__code=organisation_code, ended_at=None).select_related("organisation").first()
    if row is None:
        return from_environment(organisation_code)
    return Sender(row.sender_code, row.organisation.name, row.access_key, row.secret)


@transaction.atomic
def rotate(organisation: Organisation, *, access_key: str, secret: str, by, at, sender_code: str = "") -> PlatformKey:
    """From now on this pair; the old one ends. ValidationError for half a pair or for the pair that is in use."""
    if not (access_key.strip() and secret.strip()):
        raise ValidationError(_("Enter both keys."), code="half")
    rows = PlatformKey.objects.select_for_update().filter(organisation=organisation, ended_at=None)
    if any(row.secret == secret.strip() for row in rows):
        raise ValidationError(_("This is the key that is in use already."), code="same")
    rows.update(ended_at=at)
    code = sender_code or organisation.code
    row = PlatformKey.objects.create(
        organisation=organisation, sender_code=code, access_key=access_key.strip(), secret=secret.strip(), since=at, set_by=by)
    data = {"organisation": organisation.code}
    record("people.PlatformKey", "rotate", by=by, at=at, object_id=row.pk, region=organisation.region_id, data=data)
    return row
