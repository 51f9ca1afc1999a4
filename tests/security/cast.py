"""Who is in the town for the tests of access, and the cases that they may or may not see."""

from datetime import timedelta

import pytest

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, grant, make_person, make_post, make_user
from xinyijian.casework import claims

DAY = timedelta(days=1)
UNSEEING = (
    "stranger",
    "neighbour",
    "jiangsu",
    "no_grant",
    "revoked",
    "expired",
    "other_service",
    "elsewhere",
    "jiangsu_clerk",
    "hospital_a",
    "hospital_b",
    "physician",
    "system_admin",
    "security_admin",
    "audit_admin",
    "banker",
    "escort",
    "left",
    "both_elsewhere",
)
SOME = ("stranger", "expired", "elsewhere", "hospital_b")
SEEING = ("mother", "lan", "clerk", "second_clerk", "officer", "counter", "auditor", "root")
HERS = {"submit", "withdraw", "give_missing", "cancel", "change", "finish"}


@pytest.fixture
def actors(town):
    """The town, and some whose right to look has ended or was another one."""
    town.no_grant = town.father
    ends = {"revoked": {"revoked_at": JAN_5 + DAY}, "expired": {"until": JAN_5 + DAY}, "other_service": {"scope": "priority_care"}}
    for serial, (name, end) in enumerate(ends.items(), 901):
        person = make_person(serial=serial)
        setattr(town, name, make_user(name, person))
        grant(town.mother_person, person, **end)
    town.left = make_user("left", is_staff=True)
    make_post(town.left, town.bureau, "clerk", until=JAN_5.date())
    town.both_elsewhere = make_user("both_elsewhere", is_staff=True)
    make_post(town.both_elsewhere, town.other_bureau, "officer")
    make_post(town.both_elsewhere, town.county_hospital, "insurance_office")
    town.hospital_admin_b = make_user("hospital_admin_b", is_staff=True)
    make_post(town.hospital_admin_b, town.other_hospital, "hospital_admin")
    return town


def a_draft(town):
    return again(filings.draft(town, at=JAN_5))


def sent(town):
    filing = filings.submitted(town, at=JAN_5)
    claims.take(filing.docket, by=town.clerk, at=JAN_5)
    return again(filing)


def in_force_with_a_gap(town):
    filing = filings.in_force(town, at=JAN_5)
    return again(filings.with_paper(filing, filing.owed[0], by=town.lan, at=JAN_5 + timedelta(hours=1)))


def again(filing):
    return Filing.objects.select_related("docket").get(pk=filing.pk)
