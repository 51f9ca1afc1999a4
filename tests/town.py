"""A small town of invented people: an excellent daughter, her family, a stranger, two counties' bureaus, two hospitals.

Nothing here has a state: whoever needs a case brings it there by acting.
"""
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from tests.kept import kept
from xinyijian.people.certificates import check_character
from xinyijian.people.models import Authenticator, FamilyLink, Grant, Organisation, Person, Phone, Post, Region, Standing, User

SHANGHAI = ZoneInfo("Asia/Shanghai")
JAN_1 = datetime(2026, 1, 1, tzinfo=SHANGHAI)
JAN_5 = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)  # a Monday morning, after the New Year holiday
JAN_6 = datetime(2026, 1, 6, 9, tzinfo=SHANGHAI)
JAN_12 = datetime(2026, 1, 12, 9, tzinfo=SHANGHAI)
YEAR_END = date(datetime.now(SHANGHAI).year + 1, 12, 31)  # moves on: some tests ask pages by the real clock
PASSWORD = "a-password-of-the-tests"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of every member of staff in the town

REGIONS = (
    ("430000", "湖南省", "province", None),
    ("439900", "湘演市", "city", "430000"),
    ("439901", "青禾县", "county", "439900"),
    ("439902", "白石县", "county", "439900"),
    ("320000", "江苏省", "province", None),
    ("329900", "苏演市", "city", "320000"),
    ("329901", "柳浦县", "county", "329900"),
    ("110000", "北京市", "province", None),
    ("110100", "北京市", "city", "110000"),
    ("310000", "上海市", "province", None),
    ("310100", "上海市", "city", "310000"),
    ("440000", "广东省", "province", None),
    ("440100", "广州市", "city", "440000"),
    ("440300", "深圳市", "city", "440000"),
)
ORGANISATIONS = (
    ("YB439900", "bureau", "439900", "city_bureau"),
    ("YB439901", "bureau", "439901", "bureau"),
    ("YB439902", "bureau", "439902", "other_bureau"),
    ("YB329901", "bureau", "329901", "jiangsu_bureau"),
    ("H43990100001", "hospital", "439901", "county_hospital"),
    ("H43990100002", "hospital", "439901", "other_hospital"),
    ("P43990100001", "pharmacy", "439901", "pharmacy"),
    ("BK439901", "bank", "439901", "bank"),
)
PERSONS = {  # name, sex, born, region
    "lan": ("李晓兰", "2", date(1988, 4, 12), "439901"),
    "mother": ("王桂英", "2", date(1950, 3, 8), "439901"),
    "father": ("李建国", "1", date(1948, 9, 20), "439901"),
    "husband": ("陈志远", "1", date(1986, 11, 2), "439901"),
    "child": ("陈小禾", "2", date(2015, 6, 1), "439901"),
    "stranger": ("周明", "1", date(1979, 1, 15), "439901"),
    "neighbour": ("何秀琴", "2", date(1972, 7, 30), "439902"),
    "jiangsu": ("沈玉芬", "2", date(1961, 5, 19), "329901"),
}
STAFF = {  # role, organisation
    "clerk": ("clerk", "bureau"),
    "second_clerk": ("clerk", "bureau"),
    "officer": ("officer", "bureau"),
    "second_officer": ("officer", "bureau"),
    "counter": ("counter", "bureau"),
    "elsewhere": ("clerk", "other_bureau"),
    "jiangsu_clerk": ("clerk", "jiangsu_bureau"),
    "hospital_a": ("insurance_office", "county_hospital"),
    "hospital_b": ("insurance_office", "other_hospital"),
    "physician": ("physician", "county_hospital"),
    "physician_b": ("physician", "other_hospital"),
    "head": ("department_head", "county_hospital"),
    "drug_doctor": ("drug_physician", "county_hospital"),
    "expert": ("expert", "county_hospital"),
    "second_expert": ("expert", "county_hospital"),
    "family_doctor": ("family_doctor", "county_hospital"),
    "escort": ("escort", "county_hospital"),
    "hospital_admin": ("hospital_admin", "county_hospital"),
    "pharmacist": ("pharmacy", "pharmacy"),
    "banker": ("bank", "bank"),
    "system_admin": ("system_admin", "bureau"),
    "security_admin": ("security_admin", "bureau"),
    "audit_admin": ("audit_admin", "bureau"),
    "auditor": ("auditor", "city_bureau"),
}


@kept(Region, Organisation, Person, User, Phone, Authenticator, Post, FamilyLink, Standing, Grant)
def build() -> SimpleNamespace:
    """The town: users by name (lan, clerk, …), persons as lan_person, …, organisations by name, regions as region_439901, …"""
    town = SimpleNamespace()
    _add_places(town)
    _add_persons(town)
    _add_staff(town)
    _add_ties(town)
    return town


def certificate(area: str, born_on: date, serial: int) -> str:
    """A valid ID number of nobody: area 4399xx exists nowhere, serial is three digits (odd: male)."""
    first17 = f"{area}{born_on:%Y%m%d}{serial:03}"
    return first17 + check_character(first17)


def draw_person(name="赵无名", sex="1", born_on=date(1970, 1, 1), region="439901", serial=900, **more) -> Person:
    """One more invented person, not yet stored."""
    numbers = {"cert_number": certificate("439901", born_on, serial), "phone": f"19900000{serial:03}", "psn_no": f"{region}{serial:09}"}
    insured = {"region_id": region, "insutype": "390", "psn_type": "15"}
    return Person(**{"name": name, "sex": sex, "born_on": born_on} | numbers | insured | more)


def make_person(*args, **more) -> Person:
    """One more invented person: name, sex, born_on, region, serial (of her numbers), or any field."""
    person = draw_person(*args, **more)
    person.save()
    return person


def draw_user(username, person=None, **more) -> User:
    """A user of that name who can sign in with PASSWORD, not yet stored."""
    return User(username=username, display_name=username, person=person, password=_sealed_password(), **more)


def make_user(username, person=None, **more) -> User:
    """A user of that name who can sign in with PASSWORD."""
    user = draw_user(username, person, **more)
    user.save()
    return user


@cache
def _sealed_password():
    return make_password(PASSWORD)


def make_post(user, organisation, role, **more) -> Post:
    """A post held since the start of 2026, or as said."""
    return Post.objects.create(**{"user": user, "organisation": organisation, "role": role, "since": JAN_1.date()} | more)


def link(person, relative, relation, **more) -> FamilyLink:
    """A family link, verified and valid since 2026 began, or as said."""
    verified = {"since": JAN_1.date(), "verified_at": JAN_1, "proof": "户口簿"}
    return FamilyLink.objects.create(**{"person": person, "relative": relative, "relation": relation} | verified | more)


def rate(person, grade="excellent", **more) -> Standing:
    """What the credit subsystem says of somebody, from the start of 2026 until the end of next year, or as said."""
    span = {"valid_from": JAN_1.date(), "valid_until": YEAR_END, "read_at": JAN_1}
    return Standing.objects.create(**{"person": person, "grade": grade, "source": "test credit subsystem"} | span | more)


def grant(person, agent, scope="remote_care", **more) -> Grant:
    """Leave to act for somebody, from the start of 2026 without an end, or as said."""
    consent = {"since": JAN_1, "consent": "signed at the counter"}
    return Grant.objects.create(**{"person": person, "agent": agent, "scope": scope} | consent | more)


def _add_places(town):
    regions = [Region(code=code, name=name, level=level, parent_id=parent) for code, name, level, parent in REGIONS]
    _keep(town, Region, {f"region_{region.code}": region for region in regions})
    organisations = {}
    for code, kind, region, name in ORGANISATIONS:
        address = {"address": f"示例路{len(name)}号", "phone": "0739-000-0000", "hosp_lv": "5" if kind == "hospital" else ""}
        organisations[name] = Organisation(code=code, kind=kind, region_id=region, name=f"{name}（演示）", **address)
    _keep(town, Organisation, organisations)


def _add_persons(town):
    persons = {
        f"{key}_person": draw_person(name, sex, born_on, region, serial=serial * 2 + (sex == "1"))
        for serial, (key, (name, sex, born_on, region)) in enumerate(PERSONS.items(), start=100)
    }
    _keep(town, Person, persons)
    _keep(town, User, {key: draw_user(key, persons[f"{key}_person"]) for key in PERSONS})
    users = [getattr(town, key) for key in PERSONS]
    Phone.objects.bulk_create(Phone(user=user, number=user.person.phone, verified_at=JAN_1) for user in users)


def _add_staff(town):
    users = {key: draw_user(key, is_staff=True) for key in STAFF}
    _keep(town, User, users | {"root": draw_user("root", is_staff=True, is_superuser=True)})
    Authenticator.objects.bulk_create(
        Authenticator(user=user, secret=TOTP_SECRET, confirmed_at=JAN_1) for user in (*users.values(), town.root)
    )
    Post.objects.bulk_create(
        Post(user=users[key], organisation=getattr(town, organisation), role=role, principal=True, since=JAN_1.date())
        for key, (role, organisation) in STAFF.items()
    )


def _keep(town, model, rows):
    """Store the rows in one statement and hang them on the town by name."""
    model.objects.bulk_create(rows.values())
    vars(town).update(rows)


def _add_ties(town):
    verified = {"verified_by": town.officer}
    link(town.lan_person, town.mother_person, "parent", **verified)
    link(town.lan_person, town.father_person, "parent", **verified)
    link(town.lan_person, town.husband_person, "spouse", **verified)
    link(town.lan_person, town.child_person, "child", **verified)
    link(town.mother_person, town.father_person, "spouse", **verified)
    rate(town.lan_person)
    grant(town.mother_person, town.lan_person, recorded_by=town.counter)
