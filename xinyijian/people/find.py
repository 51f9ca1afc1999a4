"""Looking somebody up by an exact number; nothing is ever found by a part of one. Whoever calls this leaves an audit event."""
from django.db.models import Q, QuerySet

from .certificates import tidy, tidy_phone
from .crypto import blind_index
from .models import Person, User

__all__ = ["by_certificate", "by_phone", "tidy_phone", "user_name_of"]


def by_certificate(number: str, cert_type: str | None = None) -> Person | None:
    """The person with that certificate; None for nobody, and for two kinds of certificate with one number."""
    found = Person.objects.filter(cert_digest=blind_index(tidy(number), "certificate")).exclude(cert_digest="")
    if cert_type is not None:
        found = found.filter(cert_type=cert_type)
    few = found[:2]
    return few[0] if len(few) == 1 else None


def by_phone(number: str) -> QuerySet[Person]:
    """The persons who gave that phone: none, one or a family."""
    return Person.objects.filter(phone_digest=blind_index(tidy_phone(number), "phone")).exclude(phone_digest="").order_by("pk")


def user_name_of(typed: str) -> str:
    """The user name that somebody means: her own, or that of the insured person with this certificate; else what was typed."""
    digest = blind_index(tidy(typed), "certificate")
    hers = Q(is_staff=False, is_superuser=False, is_active=True, person__cert_digest=digest) & ~Q(person__cert_digest="")
    found = User.objects.filter(Q(username=typed) | hers).values_list("username", flat=True).order_by("pk")[:2]
    return typed if typed in found or len(found) != 1 else found[0]
