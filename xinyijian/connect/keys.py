"""Deeds on keys: making one, changing its secret, revoking it. The hospital's own administrator does all three; each leaves an event."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from xinyijian import audit
from xinyijian.casework.days import day_of
from xinyijian.casework.numbers import ALPHABET
from xinyijian.casework.rules import Refused, Unmet
from xinyijian.people import scope
from xinyijian.people.models import Organisation, Post, Role, User
from xinyijian.policies import params_for

from . import parameters, sandbox
from .models import Client

__all__ = ["parameters"]
MANAGE = "connect.manage_keys"
KIND = "connect.Client"
TOO_MANY = _("You already have as many keys as are allowed: %(most)s")
TWICE = Unmet(
    "secret_changed",
    _("A new secret was made since you opened that page. The one before it stays good for now"),
    remedy=_("Open the page again"),
)
REVOKED = Unmet("revoked", _("This key was revoked"), remedy=_("Make a new one"))


def organisations_of(user, at) -> list[Organisation]:
    """Where this user manages keys."""
    return list(Organisation.objects.filter(pk__in=scope.organisations_of(user, MANAGE, at)).order_by("code"))


def keys_of(user, at):
    """The keys that this user may see and manage."""
    return Client.objects.filter(organisation__in=scope.organisations_of(user, MANAGE, at)).select_related("organisation", "acts_at")


def find(pk, *, by, at) -> Client:
    """One of them, locked; anything else does not exist (404)."""
    try:
        return Client.objects.select_for_update(of=("self",)).get(pk=pk, organisation__in=scope.organisations_of(by, MANAGE, at))
    except Client.DoesNotExist:
        raise Http404 from None


@transaction.atomic
def make(organisation, *, name, environment, scopes, key, by, at) -> tuple[Client, str]:
    """(key, its secret): the only time that the secret is known. ('' for a form that was posted twice.)"""
    if not scope.holds(by, MANAGE, "", organisation.pk, at):
        raise PermissionDenied(MANAGE)
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one after the other: the number of keys is counted
    if made := Client.objects.filter(start_key=key, made_by=by).first():
        return made, ""
    most = params_of(organisation, at).keys_each
    if Client.objects.filter(organisation=organisation, revoked_at=None).count() >= most:
        raise Refused([Unmet("too_many_keys", TOO_MANY % {"most": most}, "S0.7", _("Revoke one that is no longer used"))])
    place = sandbox.twin_of(organisation, at) if environment == Client.Environment.SANDBOX else organisation
    secret, client_id = new_secret(environment), new_id(environment)
    client = Client.objects.create(
        client_id=client_id,
        client_secret=secret,
        name=name,
        environment=environment,
        scopes=scopes,
        organisation=organisation,
        acts_at=place,
        acts_as=_system(client_id, place, at),
        start_key=key,
        made_by=by,
        made_at=at,
        client_type=Client.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
    )
    _note("make_key", client, by, at, {"environment": environment, "scopes": list(scopes)})
    return client, secret


@transaction.atomic
def rotate(pk, *, replacing, by, at, now) -> tuple[Client, str]:
    """(key, its new secret); the old one stays good for the hours that the region's policy gives, in real time (`now`).

    `replacing` is the mark of the secret that the page stood for: a second click replaces nothing, so the one in use stays good.
    Changed twice on purpose, the first is gone at once.
    """
    client = find(pk, by=by, at=at)
    if client.revoked_at:
        raise Refused([REVOKED])
    if not constant_time_compare(replacing, mark_of(client)):
        raise Refused([TWICE])
    secret, hours = new_secret(client.environment), params_of(client.organisation, at).overlap_hours
    client.old_secret, client.old_until = client.client_secret, now + timedelta(hours=hours)
    client.client_secret, client.rotated_at = secret, at
    client.save(update_fields=["client_secret", "old_secret", "old_until", "rotated_at", "updated"])
    _note("rotate_key", client, by, at, {"overlap_hours": hours})
    return client, secret


def mark_of(client) -> str:
    """Stands for the secret that the key has now, and tells nothing about it."""
    return salted_hmac("connect.rotate", client.client_secret).hexdigest()


@transaction.atomic
def revoke(pk, *, by, at) -> Client:
    """It gets no more tokens; those that it has end within a minute. Twice is once."""
    client = find(pk, by=by, at=at)
    if client.revoked_at is None:
        client.revoked_at, client.old_secret, client.old_until = at, "", None
        client.save(update_fields=["revoked_at", "old_secret", "old_until", "updated"])
        client.acts_as.is_active = False
        client.acts_as.save(update_fields=["is_active"])
        _note("revoke_key", client, by, at, {})
    return client


def params_of(organisation, at):
    """The policy for keys where the organisation is."""
    return params_for("connect", organisation.region_id, day_of(at))


def new_id(environment) -> str:
    """Readable, and it says where it works: live-7K3QWX2MBD."""
    return f"{environment}-" + "".join(secrets.choice(ALPHABET) for _ in range(10))


def new_secret(environment) -> str:
    """256 bits; its beginning lets scanners of source code find one that was left there."""
    return f"xyj_{environment}_{secrets.token_urlsafe(32)}"


def _system(client_id, place, at) -> User:
    """The actor behind a key: nobody can sign in as it."""
    user = User.objects.create_user(f"system-{client_id}", is_staff=True)
    Post.objects.create(user=user, organisation=place, role=Role.CONNECTED, principal=True, since=day_of(at))
    return user


def _note(verb, client, by, at, data):
    audit.record(
        KIND, verb, by=by, at=at, object_id=client.pk, region=client.organisation.region_id, data=data | {"client_id": client.client_id}
    )
