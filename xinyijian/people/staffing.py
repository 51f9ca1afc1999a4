"""Accounts of staff: a hospital's administrator keeps those of her hospital, the security administrator those of the bureau.

Nobody manages herself, nobody gives a role that is not hers to give, and an account that somebody else also answers for is only taken off
one's own posts. Who may not reach an account is told that there is none.
"""
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from xinyijian import audit

from . import ceilings, roles, scope, second_factor, sign_in
from .models import Organisation, Phone, Post, Role, User

HOSPITALS, BUREAUS = "people.manage_hospital_staff", "people.manage_bureau_staff"
OF_HOSPITAL = tuple(role for role in Role if role in roles.HOSPITAL and role != Role.HOSPITAL_ADMIN)
OF_BUREAU = (Role.CLERK, Role.OFFICER, Role.COUNTER)
FIRST_ADMINISTRATOR = {Organisation.Kind.HOSPITAL: Role.HOSPITAL_ADMIN, Organisation.Kind.APP: Role.APP_ADMIN}
LETTERS, GROUPS, GROUP = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 4, 4  # of a temporary password; no letters that look alike
TEMPORARY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere whose staff one manages, and the roles that one may give there."""

    organisation: Organisation
    roles: tuple[str, ...]


def places_of(by, at) -> list[Place]:
    """A hospital administrator's own hospital; a security administrator's own bureau, and who administers hospitals and online platforms
    of its region. A platform of the whole province is beyond a county: its first administrator is named by a superuser."""
    own = Organisation.objects.filter(pk__in=scope.organisations_of(by, HOSPITALS, at), kind=Organisation.Kind.HOSPITAL)
    bureau = Organisation.objects.filter(pk__in=scope.organisations_of(by, BUREAUS, at), kind=Organisation.Kind.BUREAU)
    around = Organisation.objects.filter(kind__in=FIRST_ADMINISTRATOR, region__in=scope.regions_of(by, BUREAUS, at))
    if by.is_superuser:
        around = Organisation.objects.filter(kind=Organisation.Kind.APP)
    found = [Place(one, OF_HOSPITAL) for one in own] + [Place(one, OF_BUREAU) for one in bureau]
    return found + [Place(one, (FIRST_ADMINISTRATOR[one.kind],)) for one in around if one not in own]


def staff_of(place):
    """Everybody who has, had or will have a post there that one manages, by user name."""
    posts = Post.objects.filter(organisation=place.organisation, role__in=place.roles)
    return User.objects.filter(posts__in=posts, is_staff=True, is_superuser=False).distinct().order_by("username")


def account(pk, *, by, at) -> User:
    """The account, if one manages a post of it and it is not one's own; otherwise Http404."""
    for place in places_of(by, at):
        found = staff_of(place).filter(pk=pk).exclude(pk=by.pk).first()
        if found:
            return found
    raise Http404


def is_wholly_hers(user, *, by, at) -> bool:
    """Whether one manages every post of the account that is not over: only then may one touch how it signs in."""
    managed = {(place.organisation.pk, role) for place in places_of(by, at) for role in place.roles}
    posts = user.posts.filter(Q(until=None) | Q(until__gte=timezone.localdate(at))).values_list("organisation", "role")
    return user.pk != by.pk and not user.is_superuser and set(posts) <= managed


@transaction.atomic
def create(organisation, *, username, name, phone, role, by, at) -> tuple[User, str]:
    """A new account with its first post; returns it with the temporary password, which is shown once. PermissionDenied for another role."""
    _check_place(organisation, role, by, at)
    secret = new_secret()
    user = User.objects.create_user(username, secret, display_name=name, is_staff=True, temporary_until=at + TEMPORARY)
    if phone:
        Phone.objects.create(user=user, number=phone)
    Post.objects.create(user=user, organisation=organisation, role=role, principal=True, since=timezone.localdate(at), given_by=by)
    _note("create_account", user, organisation, by, at, role=role)
    return user, secret


@transaction.atomic
def give_post(user, organisation, role, *, by, at) -> None:
    """One more post from today; the same post again changes nothing."""
    _check_place(organisation, role, by, at)
    account(user.pk, by=by, at=at)
    today = timezone.localdate(at)
    if not user.posts.in_force(today).filter(organisation=organisation, role=role).exists():
        again = {"until": None, "given_by": by}
        Post.objects.update_or_create(user=user, organisation=organisation, role=role, since=today, defaults=again)
        _note("give_post", user, organisation, by, at, role=role)


@transaction.atomic
def end_post(post, *, by, at) -> None:
    """Today is its last day; what must stop at once is a matter of `deactivate`."""
    account(post.user_id, by=by, at=at)
    _check_place(post.organisation, post.role, by, at)
    Post.objects.filter(pk=post.pk).update(until=max(timezone.localdate(at), post.since))
    _note("end_post", post.user, post.organisation, by, at, role=post.role)


@transaction.atomic
def set_active(user, active: bool, *, by, at) -> None:
    """Let the account sign in, or no longer: then its sessions end at once."""
    _check_whole(user, by, at)
    User.objects.filter(pk=user.pk).update(is_active=active)
    sign_in.end_sessions(user)
    _note("activate" if active else "deactivate", user, None, by, at)


@transaction.atomic
def reset_password(user, *, by, at) -> str:
    """A temporary password, shown once, good for three days and for one thing: choosing one's own. Sessions end, locks open."""
    _check_whole(user, by, at)
    secret = new_secret()
    user.set_password(secret)
    user.temporary_until = at + TEMPORARY
    user.save(update_fields=["password", "temporary_until"])
    sign_in.end_sessions(user)
    sign_in.unlock(user)
    ceilings.forget(sign_in.second_name(user))
    _note("reset_password", user, None, by, at)
    return secret


@transaction.atomic
def reset_second_factor(user, *, by, at) -> None:
    """She sets up a new authenticator at her next sign-in. Sessions end."""
    _check_whole(user, by, at)
    second_factor.forget(user)
    sign_in.end_sessions(user)
    _note("reset_second_factor", user, None, by, at)


@transaction.atomic
def unlock(user, *, by, at) -> None:
    """After wrong tries: every lock on the account's names opens."""
    _check_whole(user, by, at)
    ceilings.forget(sign_in.second_name(user))
    _note("unlock", user, None, by, at, locks=sign_in.unlock(user))


@transaction.atomic
def end_sessions(user, *, by, at) -> None:
    """Wherever the account is signed in, it is signed out."""
    _check_whole(user, by, at)
    sign_in.end_sessions(user)
    _note("end_sessions", user, None, by, at)


def new_secret() -> str:
    """Eighty bits that can be read out: KXMQ-P7TW-9WAB-3DFG."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def _check_place(organisation, role, by, at):
    if not any(place.organisation == organisation and role in place.roles for place in places_of(by, at)):
        raise PermissionDenied(f"{role} at {organisation.code}")


def _check_whole(user, by, at):
    account(user.pk, by=by, at=at)
    if not is_wholly_hers(user, by=by, at=at):
        raise PermissionDenied("others answer for this account as well")


def _note(verb, user, organisation, by, at, **data):
    place = {"organisation": organisation.code} if organisation else {}
    region = organisation.region_id if organisation else scope.region_of(user, at)
    audit.record("people.User", verb, by=by, at=at, object_id=user.pk, region=region,
                 data={name: str(value) for name, value in data.items()} | place)
