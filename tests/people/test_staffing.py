"""A hospital's administrator keeps the accounts of her hospital, and nobody else's; never her own, never another role."""
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.remote_care.walking import browser
from tests.town import PASSWORD, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.people import second_factor, staffing
from xinyijian.people.models import Authenticator, Organisation, Post, Role, User

DAY = timedelta(days=1)
BEYOND = sorted(set(Role.values) - set(staffing.OF_HOSPITAL))


def new(town, by=None, organisation=None, **more):
    told = {"username": "new.doctor", "name": "新医生", "phone": "", "role": Role.PHYSICIAN} | more
    return staffing.create(organisation or town.county_hospital, **told, by=by or town.hospital_admin, at=timezone.now())


def address(user):
    return f"/staff/{user.pk}/"


@pytest.mark.req("S0.9")
def test_she_makes_an_account_that_can_do_nothing_but_choose_a_password(town):
    client = browser(town.hospital_admin, "en")
    told = {"username": "New.Doctor", "name": "新医生", "phone": "199 0000 0777", "role": "physician"}
    more = {"is_superuser": "on", "is_staff": "", "organisation": town.bureau.pk, "person": 1, "since": "2020-01-01"}
    html = client.post("/staff/new/", told | more).content.decode()
    secret, user = re.search(r'big-number">([^<]+)<', html).group(1), User.objects.get(username="new.doctor")
    assert user.check_password(secret) and not user.is_superuser and user.is_staff and user.person_id is None
    post = user.posts.get()
    assert (post.organisation, post.role, post.given_by, post.until) == (town.county_hospital, "physician", town.hospital_admin, None)
    assert Event.objects.get(verb="create_account").data == {"role": "physician", "organisation": town.county_hospital.code}
    hers = browser(user)
    for page in ("/hospital/", "/desk/", "/admin/", "/staff/"):
        assert hers.get(page).url == "/sign-in/new-password/", page
    assert hers.post("/sign-in/new-password/", {"new_password1": "short", "new_password2": "short"}).status_code == 422
    own = {"new_password1": "a-long-enough-one-8", "new_password2": "a-long-enough-one-8"}
    assert hers.post("/sign-in/new-password/", own).url == "/hospital/"
    assert hers.get("/hospital/").status_code == 200
    user.refresh_from_db()
    assert user.temporary_until is None and user.check_password("a-long-enough-one-8")


@pytest.mark.parametrize(("left", "opens"), [(timedelta(seconds=30), True), (timedelta(0), False)])
def test_a_temporary_password_is_good_for_three_days(town, left, opens):
    user, _secret = new(town)
    assert timedelta(days=2, hours=23) < user.temporary_until - timezone.now() <= 3 * DAY
    User.objects.filter(pk=user.pk).update(temporary_until=timezone.now() + left)
    answer = browser(user).get("/hospital/")
    assert answer.url == ("/sign-in/new-password/" if opens else "/sign-in/password/")


@pytest.mark.parametrize(("left", "status"), [(timedelta(seconds=30), 200), (timedelta(0), 302)])
def test_with_a_password_that_is_too_old_nobody_sets_up_an_authenticator(town, client, left, status):
    user, secret = new(town)
    assert client.post("/sign-in/password/", {"username": user.username, "password": secret}).url == "/sign-in/set-up/"
    User.objects.filter(pk=user.pk).update(temporary_until=timezone.now() + left)
    assert client.get("/sign-in/set-up/").status_code == status
    assert Authenticator.objects.filter(user=user).exists() is (status == 200)


@pytest.mark.parametrize("role", BEYOND)
def test_a_role_beyond_the_hospital_is_refused_in_form_and_service(town, role):
    client = browser(town.hospital_admin)
    assert client.post("/staff/new/", {"username": "new.doctor", "name": "新", "role": role}).status_code == 422
    assert client.post(address(town.physician), {"deed": "give_post", "at": town.county_hospital.code, "role": role}).status_code == 404
    with pytest.raises(PermissionDenied):
        new(town, role=role)
    with pytest.raises(PermissionDenied):
        staffing.give_post(town.physician, town.county_hospital, role, by=town.hospital_admin, at=timezone.now())
    assert not User.objects.filter(username="new.doctor").exists() and not Post.objects.filter(user=town.physician, role=role).exists()


@pytest.mark.parametrize("where", ["other_hospital", "bureau", "pharmacy"])
def test_nor_at_another_place(town, where):
    place = getattr(town, where)
    assert browser(town.hospital_admin).get("/staff/", {"at": place.code}).status_code == 404
    told = {"username": "nnn", "name": "n", "role": "physician"}
    assert browser(town.hospital_admin).post(f"/staff/new/?at={place.code}", told).status_code == 404
    with pytest.raises(PermissionDenied):
        new(town, organisation=place)


@pytest.mark.parametrize("who", ["hospital_b", "clerk", "security_admin", "lan", "root", "hospital_admin", "pharmacist"])
def test_accounts_of_others_and_her_own_do_not_exist_for_her(town, who):
    user, client = getattr(town, who), browser(town.hospital_admin)
    before = user.password
    for deed in ("reset_password", "reset_second", "deactivate", "end_post", "give_post"):
        assert client.get(address(user)).status_code == client.post(address(user), {"deed": deed}).status_code == 404
    user.refresh_from_db()
    assert user.is_active and user.password == before


def test_who_also_works_elsewhere_is_only_taken_off_the_hospitals_own_posts(town):
    make_post(town.physician, town.bureau, "clerk")
    client = browser(town.hospital_admin, "en")
    assert "others answer" in client.get(address(town.physician)).content.decode()
    for deed in ("reset_password", "reset_second", "deactivate"):
        assert client.post(address(town.physician), {"deed": deed}).status_code == 403
    here, there = town.physician.posts.get(organisation=town.county_hospital), town.physician.posts.get(organisation=town.bureau)
    assert client.post(address(town.physician), {"deed": "end_post", "post": there.pk}).status_code == 403
    assert client.post(address(town.physician), {"deed": "end_post", "post": here.pk}).status_code == 302
    here.refresh_from_db(), there.refresh_from_db()
    assert here.until == timezone.localdate() and there.until is None


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(town):
    hers, client = browser(town.physician), browser(town.hospital_admin)
    assert hers.get("/hospital/").status_code == 200
    client.post(address(town.physician), {"deed": "deactivate"})
    assert hers.get("/hospital/").url.startswith("/sign-in/")
    client.post(address(town.physician), {"deed": "activate"})
    assert User.objects.get(pk=town.physician.pk).is_active
    assert hers.get("/hospital/").url.startswith("/sign-in/")  # the session from before stays ended
    assert list(Event.objects.filter(verb__in=["deactivate", "activate"]).order_by("pk").values_list("verb", "by_id")) == [
        ("deactivate", town.hospital_admin.pk), ("activate", town.hospital_admin.pk)]


def test_a_reset_ends_the_session_and_the_old_password(town):
    hers, client = browser(town.physician), browser(town.hospital_admin, "en")
    answer = client.post(address(town.physician), {"deed": "reset_password"})
    secret = re.search(r'big-number">([^<]+)<', answer.content.decode()).group(1)
    assert "no-store" in answer["Cache-Control"] and secret not in client.get(address(town.physician)).content.decode()
    user = User.objects.get(pk=town.physician.pk)
    assert user.check_password(secret) and not user.check_password(PASSWORD) and user.temporary_until
    assert hers.get("/hospital/").url.startswith("/sign-in/")
    assert secret not in str(list(Event.objects.filter(verb="reset_password").values()))


def test_a_lost_authenticator_is_forgotten(town):
    second_factor.begin(town.physician)
    browser(town.hospital_admin).post(address(town.physician), {"deed": "reset_second"})
    assert not second_factor.is_set_up(town.physician) and Event.objects.get(verb="reset_second_factor").object_id == town.physician.pk


def test_the_security_administrator_keeps_the_bureaus_desks_and_who_administers_the_hospitals(town):
    places = {place.organisation: set(place.roles) for place in staffing.places_of(town.security_admin, timezone.now())}
    assert places[town.bureau] == {"clerk", "officer", "counter"}
    assert places[town.county_hospital] == places[town.other_hospital] == {"hospital_admin"}
    assert town.jiangsu_bureau not in places and town.other_bureau not in places
    client = browser(town.security_admin)
    assert client.get("/staff/").status_code == client.get(address(town.clerk)).status_code == 200
    for who in ("system_admin", "audit_admin", "security_admin", "elsewhere", "physician", "auditor"):
        assert client.get(address(getattr(town, who))).status_code == 404, who
    user, _secret = new(town, by=town.security_admin, organisation=town.other_hospital, role=Role.HOSPITAL_ADMIN)
    assert user.posts.get().organisation == town.other_hospital


@pytest.mark.parametrize("who", ["hospital_a", "physician", "clerk", "officer", "system_admin", "audit_admin", "lan", "root"])
def test_for_everybody_else_there_is_no_such_page(town, who):
    client = browser(getattr(town, who))
    for page in ("/staff/", "/staff/new/", address(town.physician)):
        assert client.get(page).status_code == client.post(page, {"deed": "deactivate"}).status_code == 404 or page == "/staff/"
        assert client.get(page).status_code == 404


def test_a_taken_name_is_said_and_what_was_typed_stays(town):
    answer = browser(town.hospital_admin, "en").post("/staff/new/", {"username": "physician", "name": "新医生", "role": "physician"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "taken" in html and "新医生" in html


def test_the_list_costs_the_same_for_three_and_for_thirty(town, django_assert_max_num_queries):
    client = browser(town.hospital_admin)
    client.get("/staff/")
    for n in range(30):
        make_post(make_user(f"nurse{n}", is_staff=True), town.county_hospital, "escort")
    with django_assert_max_num_queries(14):
        assert client.get("/staff/").content.decode().count("nurse") >= 30


def test_the_first_administrator_of_an_online_platform_is_named_and_makes_its_keys(town):
    """By a superuser where it serves a whole province, by the bureau's security administrator where it is of her county."""
    far = Organisation.objects.create(code="AP430000", kind="app", region=town.region_430000, name="湘医保（演示）")
    near = Organisation.objects.create(code="AP439901", kind="app", region=town.region_439901, name="青禾通（演示）")
    for by, place, there in ((town.security_admin, near, True), (town.security_admin, far, False), (town.root, far, True)):
        told = {"username": f"keys.{by.username.replace('_', '.')}.{place.code[-1]}", "name": "管钥匙", "role": "app_admin"}
        answer = browser(by, "en").post(f"/staff/new/?at={place.code}", told)
        assert (answer.status_code == 200) is there, (by, place)
    keeper = User.objects.get(posts__organisation=far)
    keeper.set_password(PASSWORD)
    keeper.temporary_until = None
    keeper.save()
    assert browser(keeper).get("/connect/keys/").status_code == 200 and browser(keeper).get("/hospital/").status_code == 404
    assert browser(town.root, "en").post(f"/staff/new/?at={town.county_hospital.code}", {}).status_code == 404, "not of hospitals"
