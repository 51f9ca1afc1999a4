"""Fixtures into the database, again and again without harm: places are brought up to date, people are only added."""
from datetime import timedelta
from pathlib import Path

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from . import demo, second_factor
from .models import Authenticator, FamilyLink, Grant, MutualAid, Organisation, Person, Phone, Post, Region, Standing, User
from .standing import SUBSYSTEM

FOLDER = Path(settings.BASE_DIR) / "fixtures"


def read(name):
    """A fixture file as plain data."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load_regions(with_demo: bool) -> int:
    """Provinces first, then cities, then the demo's; returns how many there are."""
    content = read("regions")
    for rows in (content["provinces"], content["cities"], content["demo"] if with_demo else ()):
        regions = [Region(code=code, name=name, name_en=name_en, **_place(code)) for code, name, name_en in rows]
        Region.objects.bulk_create(
            sorted(regions, key=lambda region: not region.code.endswith("00")),  # a demo city before its counties
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "name_en", "parent", "level"],
        )
    return Region.objects.count()


def _place(code):
    if code.endswith("0000"):
        return {"level": Region.Level.PROVINCE, "parent_id": None}
    if code.endswith("00"):
        return {"level": Region.Level.CITY, "parent_id": code[:2] + "0000"}
    return {"level": Region.Level.COUNTY, "parent_id": code[:4] + "00"}


@transaction.atomic
def load_organisations() -> int:
    """The demo's bureaus, hospitals, pharmacies and banks; returns how many rows the file has."""
    names = ("code", "kind", "region_id", "name", "name_en", "hosp_lv", "address", "phone")
    rows = [Organisation(**dict(zip(names, row, strict=True))) for row in read("organisations")]
    Organisation.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=names[1:])
    return len(rows)


@transaction.atomic
def load_demo_people(at) -> int:
    """Persons, their ties, standings and grants, and the users of demo.ACCOUNTS; whoever exists is left alone. Returns the new ones."""
    content, known = read("people"), set(Person.objects.values_list("psn_no", flat=True))
    fresh = [row for row in content["persons"] if row["psn_no"] not in known]
    Person.objects.bulk_create(Person(**row) for row in fresh)
    persons = {person.psn_no: person for person in Person.objects.filter(psn_no__in=[row["psn_no"] for row in content["persons"]])}
    _load_users(persons, at)
    if fresh:
        _load_ties(_touching(content, {row["psn_no"] for row in fresh}), persons, at)
    return len(fresh)


def _touching(content, fresh):
    """The ties of those who are new; what the others had, or have ended since, is left alone."""
    kinds = ("links", "mutual_aid", "standings", "grants")
    return {kind: [row for row in content[kind] if fresh & set(row)] for kind in kinds}


def _load_ties(content, persons, at):
    officer = User.objects.get(username="officer")
    new_year = _began(at)
    verified = {"since": new_year, "verified_by": officer, "verified_at": at}
    for person, relative, relation, proof in content["links"]:
        FamilyLink.objects.create(person=persons[person], relative=persons[relative], relation=relation, proof=proof, **verified)
    agreed = {"since": new_year, "source": MutualAid.Source.PAPER, "holder_agreed_at": at, "member_agreed_at": at, "recorded_by": officer}
    for holder, member, reference in content["mutual_aid"]:
        MutualAid.objects.create(holder=persons[holder], member=persons[member], reference=reference, **agreed)
    span = {"valid_from": new_year, "valid_until": timezone.localdate(at + timedelta(days=365)).replace(month=12, day=31)}
    for person, grade in content["standings"]:
        Standing.objects.create(person=persons[person], grade=grade, source=SUBSYSTEM, read_at=at, **span)
    term = {"since": at - timedelta(days=90), "until": at + timedelta(days=730), "recorded_by": officer}
    for person, agent, scope, consent in content["grants"]:
        Grant.objects.create(person=persons[person], agent=persons[agent], scope=scope, consent=consent, **term)


def _began(at):
    """The first day of ties, standings and posts: a New Year's Day that lies before the demo's oldest case, in January as well."""
    return timezone.localdate(at - timedelta(days=60)).replace(month=1, day=1)


def _load_users(persons, at):
    known = set(User.objects.values_list("username", flat=True))
    password = make_password(demo.PASSWORD)  # one hash for all: it takes a while, and it is no secret
    for account in demo.ACCOUNTS:
        if account.username not in known:
            _add_user(account, persons.get(account.person), password, at)


def _add_user(account, person, password, at):
    staff = bool(account.role or account.superuser)
    rights = {"is_staff": staff, "is_superuser": account.superuser}
    user = User.objects.create(username=account.username, display_name=account.name, person=person, password=password, **rights)
    if account.phone:
        Phone.objects.create(user=user, number=account.phone, verified_at=at)
    if staff:
        Authenticator.objects.create(user=user, secret=second_factor.new_secret(), confirmed_at=at)
    if account.role:
        organisation = Organisation.objects.get(code=account.organisation)
        Post.objects.create(user=user, organisation=organisation, role=account.role, principal=True, since=_began(at))
