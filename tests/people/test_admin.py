"""People's records in the admin: masked, within scope, looked at under a witness, and nobody's own rights."""
import pytest
from django.urls import reverse

from tests.town import PASSWORD
from xinyijian.audit.models import Event
from xinyijian.people.models import FamilyLink, Phone, Post, User

pytestmark = pytest.mark.django_db
LISTS = ["person", "familylink", "grant", "standing", "region", "organisation", "user", "phone", "post"]


@pytest.fixture
def desk(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def page(browser, name, pk=None, query=""):
    path = reverse(f"admin:people_{name}_change", args=[pk]) if pk else reverse(f"admin:people_{name}_changelist")
    return browser.get(path + query)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_and_record_opens_for_the_superuser_without_clear_text(town, desk, name):
    browser = desk(town.root)
    Phone.objects.get(user=town.lan)
    model = {"person": town.lan_person, "user": town.clerk, "post": Post.objects.first(), "phone": Phone.objects.first(),
             "familylink": FamilyLink.objects.first(), "grant": town.mother_person.grants_given.first(),
             "standing": town.lan_person.standings.first(), "region": town.region_439901, "organisation": town.bureau}[name]
    text = page(browser, name).content.decode() + page(browser, name, model.pk).content.decode()
    for secret in (town.lan_person.cert_number, town.lan_person.phone, "李晓兰", "王桂英"):
        assert secret not in text


@pytest.mark.parametrize("who, count", [("clerk", 6), ("elsewhere", 1), ("auditor", 7), ("root", 8)])
def test_staff_see_the_persons_of_their_place(town, desk, who, count):
    text = page(desk(getattr(town, who)), "person").content.decode()
    assert text.count('class="field-masked_cert"') == count


@pytest.mark.parametrize("who", ["hospital_a", "physician", "lan"])
def test_others_see_no_records(town, desk, who):
    assert page(desk(getattr(town, who)), "person").status_code in (302, 403)


def test_a_person_of_another_county_is_not_there(town, desk):
    path = reverse("admin:people_person_change", args=[town.lan_person.pk])
    response = desk(town.elsewhere).get(path)
    assert response.status_code == 404
    assert not Event.objects.filter(verb="read").exists()


def test_looking_at_a_person_leaves_an_event(town, desk):
    assert page(desk(town.clerk), "person", town.lan_person.pk).status_code == 200
    event = Event.objects.get(kind="people.Person", verb="read")
    assert (event.by_id, event.by_label) == (town.clerk.pk, "clerk")
    assert event.person_id == event.object_id == town.lan_person.pk


@pytest.mark.parametrize("term, found", [("name", 1), ("cert_number", 1), ("phone", 1), ("psn_no", 1)])
def test_a_search_finds_the_whole_and_nothing_by_a_part(town, desk, term, found):
    browser = desk(town.clerk)
    whole = getattr(town.lan_person, term)
    assert page(browser, "person", query=f"?q={whole}").content.decode().count('class="field-masked_cert"') == found
    assert page(browser, "person", query=f"?q={whole[:-1]}").content.decode().count('class="field-masked_cert"') == 0


@pytest.mark.parametrize("name", ["person", "familylink", "grant", "standing"])
def test_records_of_persons_cannot_be_rewritten_or_deleted(town, desk, name):
    browser = desk(town.root)
    one = {"person": town.lan_person, "familylink": FamilyLink.objects.first(), "grant": town.mother_person.grants_given.first(),
           "standing": town.lan_person.standings.first()}[name]
    for step in ("change", "delete"):
        assert browser.post(reverse(f"admin:people_{name}_{step}", args=[one.pk]), {"post": "yes"}).status_code == 403


def test_a_superuser_gives_a_post_and_is_named_for_it(town, desk):
    values = {"user": town.counter.pk, "organisation": town.bureau.pk, "role": "clerk", "since": "2026-02-01", "until": ""}
    assert desk(town.root).post(reverse("admin:people_post_add"), values).status_code == 302
    post = Post.objects.get(user=town.counter, role="clerk")
    assert post.given_by == town.root
    event = Event.objects.get(kind="people.Post", verb="add")
    assert (event.by_id, event.by_label) == (town.root.pk, "administrator")


def test_nobody_gives_herself_a_post_or_changes_her_own(town, desk):
    browser = desk(town.root)
    values = {"user": town.root.pk, "organisation": town.bureau.pk, "role": "officer", "since": "2026-02-01", "until": ""}
    answer = browser.post(reverse("admin:people_post_add"), values)
    assert answer.status_code == 200 and not Post.objects.filter(user=town.root).exists()
    own = Post.objects.create(user=town.root, organisation=town.bureau, role="clerk", since="2026-01-01")
    assert browser.post(reverse("admin:people_post_change", args=[own.pk]), values).status_code == 403


def test_nobody_changes_her_own_rights(town, desk):
    page_of_herself = reverse("admin:people_user_change", args=[town.root.pk])
    values = {"username": "root", "display_name": "x", "language": "en", "is_superuser": "", "is_staff": ""}
    assert desk(town.root).post(page_of_herself, values).status_code == 302
    root = User.objects.get(pk=town.root.pk)
    assert root.is_superuser and root.is_staff and root.display_name == "x"


def test_a_clerk_cannot_reach_users_or_posts(town, desk):
    for name in ("user", "post", "phone"):
        assert page(desk(town.clerk), name).status_code == 403
        assert desk(town.clerk).post(reverse(f"admin:people_{name}_add"), {}).status_code == 403


def test_a_new_user_can_sign_in(town, desk, visitor):
    values = {"username": "newcomer", "display_name": "新人", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert desk(town.root).post(reverse("admin:people_user_add"), values).status_code == 302
    assert visitor().post("/sign-in/password/", {"username": "newcomer", "password": PASSWORD}).status_code == 302


def test_a_superuser_binds_a_sign_on_to_somebody_else_and_never_to_herself(town, desk):
    browser = desk(town.root)
    values = {"issuer": "https://sso.example", "subject": "s-1"}
    assert browser.post(reverse("admin:people_binding_add"), values | {"user": town.root.pk}).status_code == 200
    assert browser.post(reverse("admin:people_binding_add"), values | {"user": town.clerk.pk}).status_code == 302
    binding = town.clerk.bindings.get()
    assert binding.bound_by == town.root and page(browser, "binding", binding.pk).status_code == 200
    assert browser.post(reverse("admin:people_binding_delete", args=[binding.pk]), {"post": "yes"}).status_code == 302
    assert not town.clerk.bindings.exists() and Event.objects.filter(kind="people.Binding", verb="remove").exists()


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin", "banker", "escort"])
def test_administrators_read_nobody_s_record(town, desk, who):
    browser = desk(getattr(town, who))
    for name in ("person", "familylink", "grant", "standing", "user", "phone", "binding"):
        assert page(browser, name).status_code == 403, name


def test_the_system_administrator_keeps_the_list_of_places(town, desk):
    browser = desk(town.system_admin)
    assert page(browser, "region").status_code == page(browser, "organisation", town.bureau.pk).status_code == 200
    values = {"code": "439903", "name": "新县", "name_en": "", "level": "county", "parent": "439900"}
    assert browser.post(reverse("admin:people_region_add"), values).status_code == 302
    assert desk(town.clerk).post(reverse("admin:people_region_add"), values | {"code": "439904"}).status_code == 403


def test_the_form_says_why_nobody_is_two_administrators(town, desk):
    values = {"user": town.audit_admin.pk, "organisation": town.bureau.pk, "role": "system_admin", "since": "2026-02-01", "until": ""}
    browser = desk(town.root)
    browser.cookies["language"] = "en"
    answer = browser.post(reverse("admin:people_post_add"), values)
    assert answer.status_code == 200 and "must be three people" in answer.content.decode()
