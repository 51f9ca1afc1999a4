"""What the demo is filled with, and that filling it again changes nothing."""
from datetime import datetime, timedelta
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.town import SHANGHAI
from xinyijian.people import certificates, demo, loading, scope
from xinyijian.people.authority import may_act_for
from xinyijian.people.models import FamilyLink, Grant, Organisation, Person, Post, Region, Standing, User
from xinyijian.people.standing import benefits_through

MODELS = (FamilyLink, Grant, Organisation, Person, Post, Region, Standing, User)


@pytest.fixture
def loaded(db):
    call_command("load_people", stdout=StringIO())


def counts():
    return [model.objects.count() for model in MODELS]


def test_loading_twice_changes_nothing(loaded):
    before = counts()
    call_command("load_people", stdout=StringIO())
    assert counts() == before


def test_what_somebody_changed_stays(loaded):
    Grant.objects.update(revoked_at=timezone.now())
    User.objects.filter(username="lan").update(language="en")
    call_command("load_people", stdout=StringIO())
    assert not Grant.objects.filter(revoked_at=None).exists() and User.objects.get(username="lan").language == "en"


def test_a_corrected_place_is_brought_up_to_date(loaded):
    Region.objects.filter(pk="430100").update(name="x")
    Organisation.objects.filter(code="YB439901").update(phone="x")
    call_command("load_people", stdout=StringIO())
    assert Region.objects.get(pk="430100").name == "长沙市" and Organisation.objects.get(code="YB439901").phone != "x"


def test_outside_the_demo_only_real_places_are_loaded(db, settings):
    settings.DEMO = False
    call_command("load_people", stdout=StringIO())
    assert not User.objects.exists() and not Person.objects.exists() and not Organisation.objects.exists()
    assert not Region.objects.filter(pk__regex="^..99").exists() and Region.objects.filter(level="city").count() > 100


def test_every_region_lies_in_one_that_is_there(loaded):
    for region in Region.objects.exclude(level="province").select_related("parent"):
        assert region.parent and region.code.startswith(region.parent.code.rstrip("0")[:4])


def test_demo_people_are_plainly_invented(loaded):
    for person in Person.objects.all():
        assert certificates.validate(person.cert_number).startswith("4399")
        assert certificates.born_on(person.cert_number) == person.born_on and certificates.sex_of(person.cert_number) == person.sex
        assert person.phone == "" or person.phone.startswith("1990000")


def test_names_of_the_demo_mean_what_they_say(loaded):
    now = timezone.now()
    lan, mother, stranger = (User.objects.get(username=name) for name in ("lan", "mother", "stranger"))
    found = benefits_through([lan.person_id, mother.person_id, stranger.person_id], timezone.localdate(now))
    assert found[lan.person_id].relation == "" and found[mother.person_id].relation == "child" and found[stranger.person_id] is None
    assert may_act_for(lan, mother.person_id, "remote_care", now) and not may_act_for(stranger, mother.person_id, "remote_care", now)
    clerk = User.objects.get(username="clerk")
    assert scope.holds(clerk, "remote_care.accept_filing", "439901", None, now)


def test_every_account_signs_in_with_the_printed_password(loaded):
    users = {user.username: user for user in User.objects.all()}
    assert set(users) == {account.username for account in demo.ACCOUNTS}
    assert all(user.check_password(demo.PASSWORD) for user in users.values())
    for account in demo.ACCOUNTS:
        numbers = [phone.number for phone in users[account.username].phones.all()]
        assert numbers == ([account.phone] if account.phone else [])


def test_the_list_of_sign_ins_is_printed_in_the_demo_only(settings):
    out = StringIO()
    call_command("demo_signins", stdout=out)
    assert all(account.username in out.getvalue() for account in demo.ACCOUNTS) and demo.PASSWORD in out.getvalue()
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_signins", stdout=out)


def test_the_fixtures_hold_codes_as_text():
    for code, _name, _name_en in yaml.safe_load((loading.FOLDER / "regions.yaml").read_text())["cities"]:
        assert isinstance(code, str) and len(code) == 6


@pytest.mark.parametrize("year", [2027, 2031])
def test_made_in_january_it_has_ties_and_posts_from_before_its_oldest_case(db, year):
    at = datetime(year, 1, 2, 9, tzinfo=SHANGHAI)
    loading.load_regions(with_demo=True)
    loading.load_organisations()
    loading.load_demo_people(at)
    daughter, days = User.objects.get(username="lan").person_id, [(at - timedelta(days=back)).date() for back in (60, 0, -30)]
    assert all(benefits_through([daughter], day)[daughter] for day in days)
    assert not Post.objects.filter(since__gt=days[0]).exists() and not FamilyLink.objects.filter(since__gt=days[0]).exists()
