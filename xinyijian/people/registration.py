"""Opening an account (实名注册): who somebody says she is, what proves it, and the one verb that links a user to a person.

A name and a certificate number are known to many, so neither links anything, alone or together. What links is certificate AND name,
and beside them one proof of possession: the phone that the roster has for her, her e-voucher, or the certificate seen at a counter.
"""
import json
import secrets
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from xinyijian import audit
from xinyijian.gateways import evoucher, roster
from xinyijian.policies import params_for, values_anywhere

from . import certificates, consents, crypto, scope
from .crypto import blind_index
from .models import Consent, Organisation, Person, Phone, Region, User

CHILD = _lazy("A young child has no account yet: a parent acts for the child. Please ask for the family link in the parent's account.")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says she is."""

    name: str = field(repr=False)
    cert_type: str
    cert_number: str = field(repr=False)

    def sealed(self) -> str:
        """For a session: nobody who reads the table of sessions learns it."""
        return crypto.encrypt(json.dumps(asdict(self), ensure_ascii=False))

    @classmethod
    def unsealed(cls, text: str) -> "Claim":
        return cls(**json.loads(crypto.decrypt(text)))

    def digest(self) -> str:
        """Names her where wrong tries are counted."""
        return blind_index(f"{self.cert_type} {self.cert_number}", "claim")

    def agrees_with(self, other) -> bool:
        """Kind, number and name, each as it is compared everywhere else."""
        return self.cert_type == other.cert_type and all(
            crypto.normalised(mine) == crypto.normalised(theirs)
            for mine, theirs in ((certificates.tidy(self.cert_number), certificates.tidy(other.cert_number)), (self.name, other.name))
        )


def in_roster(claim: Claim) -> Person | None:
    """The person of our roster with that certificate and that name."""
    number, name = blind_index(certificates.tidy(claim.cert_number), "certificate"), blind_index(claim.name, "name")
    return Person.objects.filter(cert_digest=number, cert_type=claim.cert_type, name_digest=name).exclude(cert_digest="").first()


def proven_by_phone(claim: Claim, phone: str) -> Person | None:
    """Of whom the roster says that this phone is hers and who has no account yet, or who has one and signs in by this phone."""
    person, digest = in_roster(claim), blind_index(phone, "phone")
    if person is None or person.died_on is not None:
        return None
    if Phone.objects.filter(user__person=person, digest=digest, verified_at__isnull=False).exists():
        return person
    return person if person.phone_digest == digest and not person.users.exists() else None


def proven_by_voucher(code: str) -> Claim:
    """Whom the e-voucher names; gateways.Rejected for a wrong, old or used code, gateways.Unavailable."""
    found = evoucher.decode("".join(code.split()))
    return Claim(found.name, found.cert_type, certificates.tidy(found.cert_number))


def known(claim: Claim) -> Person | None:
    """From our roster, else from the platform's, which is then taken into ours. None: insured with neither, or told otherwise by both."""
    return in_roster(claim) or _from_platform(claim)


def _from_platform(claim):
    found = roster.person(claim.cert_type, claim.cert_number, claim.name)
    if found is None or not Claim(found.name, found.cert_type, found.cert_number).agrees_with(claim):
        return None
    ours = Organisation.objects.filter(kind=Organisation.Kind.BUREAU, region=found.region).exists()
    taken = Person.objects.filter(cert_type=found.cert_type, cert_digest=blind_index(certificates.tidy(found.cert_number), "certificate"))
    if not ours or taken.exists() or (found.psn_no and Person.objects.filter(psn_no=found.psn_no).exists()):
        return None  # insured elsewhere, or our roster writes her name or number otherwise: a person at the counter compares
    return Person.objects.create(
        name=found.name, cert_type=found.cert_type, cert_number=certificates.tidy(found.cert_number), psn_no=found.psn_no,
        born_on=found.born_on, sex=found.sex, region=Region.objects.get(pk=found.region), insutype=found.insutype, psn_type=found.psn_type,
    )


@transaction.atomic
def register(person: Person, phone: str, *, how: str, at, by=None, verified=True, agreed=False) -> User:
    """The person's one account, opened if there is none, with that phone ('' for none). ValidationError: a child, somebody dead, closed.

    `how` is the proof: "roster phone", "e-voucher", "counter" or "sign-on"; `by` the clerk who saw the certificate; `agreed`: she has
    ticked the consent of the page, which is kept with the version and hash of its text (PIPL-13).
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two browsers open one account
    check_allowed(person, at)
    user = person.users.filter(is_staff=False).order_by("pk").first()
    if user and not user.is_active:
        raise ValidationError(_("This account was closed. Please ask at the counter."), code="closed")
    opened, user = not user, user or _new_user(person)
    audit.record("people.User", "register" if opened else "recognise", by=by or user, at=at, object_id=user.pk, person_id=person.pk,
                 region=person.region_id, data={"how": how})
    if agreed:
        consents.give(person.pk, Consent.Kind.OPENING, by=user, at=at)
    if phone:
        add_phone(user, phone, how=how, at=at, by=by, verified=verified)
    return user


def add_phone(user, phone: str, *, how: str, at, by=None, verified=True) -> Phone:
    """One more phone by which the user signs in, once it is verified."""
    found, new = Phone.objects.get_or_create(
        user=user, digest=blind_index(phone, "phone"), defaults={"number": phone, "verified_at": at if verified else None}
    )
    if verified and found.verified_at is None:
        found.verified_at = at
        found.save(update_fields=["verified_at"])
    if new or verified:
        audit.record("people.Phone", "add", by=by or user, at=at, object_id=found.pk, person_id=user.person_id,
                     region=scope.region_of(user, at), data={"how": how, "verified": verified})
    return found


def check_allowed(person, at) -> None:
    """ValidationError where nobody may have an account of her own."""
    if person.died_on is not None:
        raise ValidationError(_("No account can be opened for this person. Please ask at the counter."), code="not_allowed")
    if not is_old_enough(person, timezone.localdate(at)):
        raise ValidationError(CHILD, code="child")


def is_old_enough(person, on) -> bool:
    """Whether the region where she is insured, or any where that has no pack, lets somebody of her age have an account of her own."""
    try:
        return _has_completed(params_for("people", person.region_id, on).own_account_from, person.born_on, on)
    except LookupError:
        return not is_child_anywhere(person.born_on, on)


def is_child_anywhere(born_on, on) -> bool:
    """Whether somebody born then is too young for an account in every region; asked before the region is known."""
    ages = values_anywhere("people", "own_account_from", on)
    return bool(ages) and not _has_completed(min(ages), born_on, on)


def _has_completed(years, born_on, on):
    return (on.year - born_on.year, on.month, on.day) >= (years, born_on.month, born_on.day)


def _new_user(person):
    return User.objects.create_user(f"p{secrets.token_hex(6)}", display_name=person.name, person=person)
