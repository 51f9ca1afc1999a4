"""The sandbox of a hospital: its twin in a region where nobody lives, with made-up people of its own and a clerk who decides on request.

Nothing here is ever asked of, or told to, a live system.
"""

from datetime import date, timedelta
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of
from xinyijian.people.certificates import check_character
from xinyijian.people.models import FamilyLink, Organisation, Person, Post, Region, Role, Standing, User

FILE = Path(settings.BASE_DIR) / "fixtures" / "sandbox.yaml"
BUREAU, CLERK = "YBSANDBOX", "sandbox-clerk"
SERIALS = 99
WHY = {
    "self": _("credit excellent herself"),
    "spouse": _("through the spouse"),
    "parent": _("through the child"),
    "child": _("through the parent"),
    "unrated": _("nothing is known of the credit"),
    "good": _("rated, and not excellent"),
}


def twin_of(organisation, at) -> Organisation:
    """The hospital's place in the sandbox, made with its people when it is asked for first."""
    if found := Organisation.objects.filter(name_en=_twin_name(organisation)).first():
        return found
    with transaction.atomic():
        _bureau(at)
        Organisation.objects.select_for_update().get(code=BUREAU)  # twins are numbered one after the other
        ordinal = Organisation.objects.filter(region=settings.SANDBOX_REGION).exclude(code=BUREAU).count() + 1
        twin = Organisation.objects.create(
            code=f"SB{settings.SANDBOX_REGION}{ordinal:04}",
            kind=organisation.kind,
            hosp_lv=organisation.hosp_lv,
            region_id=settings.SANDBOX_REGION,
            name=f"{organisation.name}（沙箱）",
            name_en=_twin_name(organisation),
        )
        _furnish(twin, ordinal, at)
    return twin


def people_of(twin):
    """The made-up people of one hospital, in the order of the fixture."""
    return Person.objects.filter(region=settings.SANDBOX_REGION, psn_no__startswith=twin.code[2:]).order_by("psn_no")


def described(twin) -> list[tuple]:
    """[(person, what can be tried with her)] for the page of keys."""
    return [(person, WHY[row["key"]]) for person, row in zip(people_of(twin), _content()["persons"], strict=False)]


def clerk() -> User:
    """Who decides in the sandbox."""
    return User.objects.get(username=CLERK)


def _twin_name(organisation):
    return f"sandbox of {organisation.code}"


def _content():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _bureau(at):
    Region.objects.get_or_create(
        code=settings.SANDBOX_REGION, defaults={"name": "沙箱", "name_en": "Sandbox", "level": Region.Level.COUNTY}
    )
    bureau, _made = Organisation.objects.get_or_create(
        code=BUREAU, defaults={"name": "沙箱医保局", "name_en": "Sandbox bureau", "kind": "bureau", "region_id": settings.SANDBOX_REGION}
    )
    if not User.objects.filter(username=CLERK).exists():
        user = User.objects.create_user(CLERK, is_staff=True)
        Post.objects.create(user=user, organisation=bureau, role=Role.CLERK, principal=True, since=day_of(at))


def _furnish(twin, ordinal, at):
    content, on = _content(), day_of(at)
    new_year, end = on.replace(month=1, day=1), date(on.year + 10, 12, 31)
    people = {row["key"]: _person(row, twin, ordinal, nth) for nth, row in enumerate(content["persons"], 1)}
    Person.objects.bulk_create(people.values())
    FamilyLink.objects.bulk_create(
        FamilyLink(person=people[one], relative=people[other], relation=relation, proof="沙箱", since=new_year, verified_at=at)
        for one, other, relation in content["links"]
    )
    Standing.objects.bulk_create(
        Standing(person=people[key], grade=grade, source="sandbox", valid_from=new_year, valid_until=end, read_at=at)
        for key, grade in content["standings"]
    )


def _person(row, twin, ordinal, nth) -> Person:
    """Her numbers belong to this hospital alone: the serial of the certificate moves on by ten for each, and then the birthday by a day."""
    born_on = row["born_on"] + timedelta(days=ordinal // SERIALS)
    first17 = f"{settings.SANDBOX_REGION}{born_on:%Y%m%d}{row['serial'] + 10 * (ordinal % SERIALS):03}"
    fields = {name: row[name] for name in ("name", "sex", "insutype", "psn_type")} | {"born_on": born_on}
    return Person(
        cert_number=first17 + check_character(first17), psn_no=f"{twin.code[2:]}{nth:05}", region_id=settings.SANDBOX_REGION, **fields
    )
