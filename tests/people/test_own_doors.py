"""How somebody changes how she signs in, and accounts at the counter."""
import time

import pytest

from tests import doors
from tests.town import JAN_1, PASSWORD, make_person
from xinyijian.audit.models import Event
from xinyijian.people.models import Phone, User
from xinyijian.people.sign_in import FRESH

pytestmark = pytest.mark.django_db
NEW = "19900000555"


def who(browser):
    return browser.session.get("_auth_user_id")


@pytest.fixture
def lan(town, visitor):
    """Her browser, a moment after she came in."""
    browser = visitor()
    doors.enter(browser, "lan")
    return browser


def add(browser, inbox, phone=NEW):
    assert browser.post("/me/sign-in/", {"phone": phone}).url == "/me/sign-in/phone/"
    return browser.post("/me/sign-in/phone/", {"code": inbox.code(phone)})


def test_another_phone_counts_once_its_code_is_entered(town, lan, inbox, visitor):
    assert add(lan, inbox).url == "/me/sign-in/"
    assert [phone.number for phone in town.lan.phones.filter(verified_at__gt=JAN_1)] == [NEW]
    elsewhere = visitor("192.0.2.2")
    elsewhere.post("/sign-in/", {"phone": NEW})
    assert elsewhere.post("/sign-in/code/", {"code": inbox.code(NEW)}).url == "/" and who(elsewhere) == str(town.lan.pk)


def test_a_phone_that_somebody_else_uses_may_be_hers_too(town, lan, inbox):
    assert add(lan, inbox, town.mother_person.phone).status_code == 302
    assert Phone.objects.filter(digest=town.mother.phones.get().digest, verified_at__isnull=False).count() == 2


def test_a_wrong_code_adds_nothing_and_the_fifth_locks(town, lan, inbox):
    lan.post("/me/sign-in/", {"phone": NEW})
    statuses = [lan.post("/me/sign-in/phone/", {"code": "000000"}).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [429] and town.lan.phones.count() == 1


def test_a_removed_phone_opens_nothing_any_more_and_the_last_way_in_stays(town, lan, inbox):
    first = town.lan.phones.get()
    town.lan.set_unusable_password()
    User.objects.filter(pk=town.lan.pk).update(password=town.lan.password)
    doors_of = lan.session
    doors_of["_auth_user_hash"] = User.objects.get(pk=town.lan.pk).get_session_auth_hash()
    doors_of.save()
    lan.post("/me/sign-in/", {"remove": first.pk})
    assert town.lan.phones.count() == 1
    add(lan, inbox)
    lan.post("/me/sign-in/", {"remove": first.pk})
    assert [phone.number for phone in town.lan.phones.all()] == [NEW]
    assert Event.objects.filter(kind="people.Phone", verb="remove").exists()


def test_nobody_removes_the_phone_of_somebody_else(town, lan):
    assert lan.post("/me/sign-in/", {"remove": town.mother.phones.get().pk}).status_code == 404
    assert town.mother.phones.count() == 1


@pytest.mark.parametrize("page, data", [("", {"phone": NEW}), ("phone/", {}), ("password/", {}), ("backup-codes/", {})])
def test_a_phone_left_lying_about_is_not_enough_to_change_the_locks(town, lan, page, data):
    session = lan.session
    session["entered_at"] = time.time() - FRESH - 1
    session.save()
    assert lan.post(f"/me/sign-in/{page}", data).url == "/sign-in/?next=/me/sign-in/"
    assert lan.get("/me/sign-in/").status_code == 200  # looking is allowed


def test_a_password_of_her_own_with_her_certificate_number_opens_the_door(town, lan, visitor):
    answer = lan.post("/me/sign-in/password/", {"new_password1": "eine-lange-Reise-7", "new_password2": "eine-lange-Reise-7"})
    assert answer.url == "/me/sign-in/" and lan.get("/me/sign-in/").status_code == 200
    browser = visitor("192.0.2.2")
    number = town.lan_person.cert_number
    assert doors.enter(browser, number[:6] + " " + number[6:].lower(), "eine-lange-Reise-7").url == "/"
    assert who(browser) == str(town.lan.pk)


@pytest.mark.parametrize("password", ["short", "12345678901", "password123"])
def test_a_weak_password_is_refused_with_reasons(lan, password):
    assert lan.post("/me/sign-in/password/", {"new_password1": password, "new_password2": password}).status_code == 422


def test_certificate_and_user_name_share_one_lock(town, visitor):
    browser = visitor()
    for name in ("lan", town.lan_person.cert_number, "lan", town.lan_person.cert_number, "lan"):
        last = doors.enter(browser, name, "wrong")
    assert last.status_code == 429 and doors.enter(browser, town.lan_person.cert_number).status_code == 429


def test_staff_never_come_in_by_a_certificate(town, visitor):
    User.objects.filter(pk=town.clerk.pk).update(person=town.stranger_person)
    User.objects.filter(pk=town.stranger.pk).update(is_active=False)
    assert doors.enter(visitor(), town.stranger_person.cert_number).status_code == 422


def test_staff_give_the_old_password_for_a_new_one_and_get_new_backup_codes(town, visitor):
    browser = visitor()
    doors.enter(browser)
    new = {"new_password1": "eine-lange-Reise-7", "new_password2": "eine-lange-Reise-7"}
    assert browser.post("/me/sign-in/password/", new | {"old_password": "wrong"}).status_code == 422
    assert browser.post("/me/sign-in/password/", new | {"old_password": PASSWORD}).status_code == 302
    assert browser.get("/me/sign-in/backup-codes/").url == "/me/sign-in/"
    assert browser.post("/me/sign-in/backup-codes/").content.decode().count('class="code nowrap"') == 8
    assert browser.post("/me/sign-in/", {"phone": NEW}).status_code == 404  # and no phone


# at the counter

@pytest.fixture
def new(town):
    return make_person(name="赵新人", serial=777)


def seen(person, **more):
    return {"name": person.name, "cert_type": person.cert_type, "cert_number": person.cert_number, "phone": NEW, "seen": "on"} | more


@pytest.fixture
def counter(town, client):
    client.force_login(town.counter, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.req("S2.7")
def test_a_counter_clerk_opens_an_account_and_the_code_is_read_out(town, new, counter, inbox, visitor):
    page = counter.post("/desk/accounts/", seen(new)).url
    user = new.users.get()
    assert page == f"/desk/accounts/{user.pk}/" and user.phones.get().verified_at is None
    event = Event.objects.get(kind="people.User", verb="register")
    assert (event.by_id, event.by_label, event.data) == (town.counter.pk, "counter", {"how": "counter"})
    visitor("192.0.2.2").post("/sign-in/", {"phone": NEW})
    assert not inbox.messages(NEW)  # an unconfirmed phone opens nothing
    assert counter.post(page, {"send": user.phones.get().pk}).url == page
    assert counter.post(page, {"code": inbox.code(NEW)}).url == page
    assert user.phones.get().verified_at


def test_without_the_certificate_in_hand_nothing_is_opened(town, new, counter):
    assert counter.post("/desk/accounts/", seen(new, seen="")).status_code == 422
    assert not new.users.exists()


@pytest.mark.parametrize("change", [{"name": "赵旧人"}, {"cert_type": "17"}])
def test_at_the_counter_too_certificate_and_name_must_agree(new, counter, simulators, change):
    assert counter.post("/desk/accounts/", seen(new, **change)).status_code == 422
    assert not new.users.exists()


def test_a_clerk_opens_no_account_for_people_of_another_county(town, counter, simulators):
    assert counter.post("/desk/accounts/", seen(town.neighbour_person)).status_code == 422
    assert counter.get(f"/desk/accounts/{town.jiangsu.pk}/").status_code == 404
    assert counter.get(f"/desk/accounts/{town.clerk.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["clerk", "auditor", "system_admin", "security_admin", "hospital_a", "lan", "bank"])
def test_others_open_no_accounts(town, new, client, name):
    client.force_login(getattr(town, {"bank": "banker"}.get(name, name)), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/accounts/").status_code == 404
    assert client.post("/desk/accounts/", seen(new)).status_code == 404 and not new.users.exists()
