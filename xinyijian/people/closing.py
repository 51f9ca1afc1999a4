"""Closing a sign-in (注销账号): the door closes, phones go; what the law keeps stays, and so does the insurance."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from xinyijian import audit

from .models import Phone, User


@transaction.atomic
def close_sign_in(user, *, at) -> None:
    """Close the user's own sign-in for good; PermissionDenied for staff, whose administrator does it. Person and cases stay."""
    if user.is_staff or user.is_superuser:
        raise PermissionDenied("staff")
    row = User.objects.select_for_update().get(pk=user.pk)
    region = row.person.region_id if row.person_id else ""
    phones, _rows = Phone.objects.filter(user=row).delete()
    audit.record("people.User", "close", by=user, at=at, object_id=row.pk, person_id=row.person_id, region=region, data={"phones": phones})
    row.is_active, row.display_name = False, ""
    row.set_unusable_password()
    row.save(update_fields=["is_active", "display_name", "password"])
