"""How a person is reached outside the portal: her phone, what she bound herself, her postal address, and what she would rather not have."""
from dataclasses import dataclass

from .models import Contact, Phone, Wishes


@dataclass(frozen=True, slots=True)
class Wish:
    """Her first channel ("" for none in particular) and those she does not want."""

    first: str = ""
    without: tuple = ()


def addresses_of(person) -> dict[str, str]:
    """{channel: address} of what is known; in clear, so for senders only."""
    found = {contact.kind: contact.address for contact in Contact.objects.filter(person=person, ended_at=None)}
    if number := phone_of(person):
        found["sms"] = number
    if person.address:
        found["letter"] = person.address
    return found


def phone_of(person) -> str:
    """The number she proved at sign-in, else the one that the register holds; "" when neither is known."""
    proved = Phone.objects.filter(user__person=person, user__is_active=True, verified_at__isnull=False).order_by("-verified_at").first()
    return proved.number if proved else person.phone


def wishes_of(person) -> Wish:
    """What she chose on the page "How we reach you"; nothing in particular when she never did."""
    row = Wishes.objects.filter(person=person).first()
    return Wish(row.first, tuple(row.without)) if row else Wish()
