"""Looking somebody up by an exact number; nothing is ever found by a part of one. Whoever calls this leaves an audit event."""
from django.db.models import QuerySet

from .certificates import tidy, tidy_phone
from .crypto import blind_index
from .models import Person

__all__ = ["by_certificate", "by_phone", "tidy_phone"]


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
