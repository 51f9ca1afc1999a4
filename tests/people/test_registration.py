"""Opening an account: what proves who somebody is, what does not, and that nothing tells whether a stranger is known."""
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.town import make_person, make_user
from xinyijian.audit.models import Event
from xinyijian.people import registration
from xinyijian.people.consents import text_of
from xinyijian.people.models import Consent, Person, Phone, User
from xinyijian.policies import refresh
from xinyijian.policies.models import Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
MINE, OTHER = "19900000777", "19900000778"
SUN = {"name": "孙晓梅", "cert_type": "01", "cert_number": "439901199202173124"}  # known to the platform only
PASSPORT = {"name": "ANNA SAMPLE", "cert_type": "08", "cert_number": "x0000 0001"}


@pytest.fixture
def new(town):
    """Insured here, with a phone in the roster, without an account."""
    return make_person(name="赵新人", serial=777, phone=MINE)


def facts_of(person):
    return {"name": person.name, "cert_type": person.cert_type, "cert_number": person.cert_number}


def begin(browser, facts, phone=MINE):
    return browser.post("/register/", facts | {"phone": phone, "agree": "on"})


def prove_phone(browser, inbox, phone=MINE):
    return browser.post("/register/code/", {"code": inbox.code(phone)})


def who(browser):
    return browser.session.get("_auth_user_id")


@pytest.mark.req("S2.7")
def test_name_certificate_and_the_phone_of_the_roster_open_an_account(new, inbox, visitor):
    browser = visitor()
    assert begin(browser, facts_of(new)).url == "/register/code/"
    assert "register" in inbox.messages(MINE)[-1] or "注册" in inbox.messages(MINE)[-1]
    assert prove_phone(browser, inbox).url == "/"
    user = new.users.get()
    assert who(browser) == str(user.pk) and user.phones.get().verified_at and not user.has_usable_password()
    assert Event.objects.get(kind="people.User", verb="register").data == {"how": "roster phone"}
    consent, text = Consent.objects.get(person=new), text_of(Consent.Kind.OPENING)
    assert (consent.kind, consent.how, consent.given_by_id) == ("opening", "online", user.pk)
    assert consent.sha256 == text.sha256 and text.title in visitor("192.0.2.3").get("/register/").content.decode()


def test_whoever_registered_signs_in_by_a_code_from_then_on(new, inbox, visitor, monkeypatch):
    browser = visitor()
    begin(browser, facts_of(new))
    prove_phone(browser, inbox)
    later = visitor("192.0.2.2")
    later.post("/sign-in/", {"phone": MINE})
    assert later.post("/sign-in/code/", {"code": inbox.code(MINE)}).url == "/"


def test_who_registers_again_with_her_own_phone_is_simply_in(town, inbox, visitor):
    browser = visitor()
    begin(browser, facts_of(town.lan_person), town.lan_person.phone)
    assert prove_phone(browser, inbox, town.lan_person.phone).url == "/"
    assert who(browser) == str(town.lan.pk) and town.lan_person.users.count() == 1


def test_name_and_number_are_no_proof_with_another_phone(new, inbox, visitor):
    browser = visitor()
    begin(browser, facts_of(new), OTHER)
    assert prove_phone(browser, inbox, OTHER).url == "/register/proof/"
    assert not new.users.exists() and who(browser) is None


@pytest.mark.parametrize("change", [{"name": "赵旧人"}, {"cert_number": "439901199001010017"}, {"cert_type": "17"}])
def test_nothing_is_linked_unless_name_kind_and_number_all_agree(new, inbox, visitor, change):
    browser = visitor()
    answer = begin(browser, facts_of(new) | change)
    if answer.status_code == 302:
        assert prove_phone(browser, inbox).url == "/register/proof/"
    assert not new.users.exists() and who(browser) is None


def test_every_answer_to_a_stranger_is_the_same(town, new, inbox, visitor):
    pages = set()
    unknown = facts_of(new) | {"name": "钱谁也"}
    for turn, facts in enumerate((facts_of(new), unknown, facts_of(town.lan_person), SUN)):
        browser, phone = visitor(f"192.0.2.{turn + 1}"), f"1990000080{turn}"
        first = begin(browser, facts, phone)
        second = prove_phone(browser, inbox, phone)
        third = browser.get(second.url)
        plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", third.content.decode())
        pages.add((first.status_code, first.url, second.status_code, second.url, third.status_code, plain))
    assert len(pages) == 1


@pytest.mark.req("S2.6", "S1.25")
def test_the_e_voucher_is_the_proof_where_the_roster_has_no_phone(town, inbox, visitor):
    browser = visitor()
    begin(browser, SUN)
    assert prove_phone(browser, inbox).url == "/register/proof/"
    answer = browser.post("/register/proof/", {"voucher": inbox.simulators.voucher("439901000000301")})
    assert answer.url == "/"
    person = Person.objects.get(psn_no="439901000000301")
    assert (person.name, person.region_id, person.insutype) == ("孙晓梅", "439901", "310")
    assert who(browser) == str(person.users.get().pk) and person.users.get().phones.get().number == MINE


def test_a_foreign_passport_is_as_good_as_an_id_card(town, inbox, visitor):
    browser = visitor()
    begin(browser, PASSPORT)
    prove_phone(browser, inbox)
    assert browser.post("/register/proof/", {"voucher": inbox.simulators.voucher("439901000000305")}).url == "/"
    assert Person.objects.get(cert_type="08").users.get().phones.get().verified_at


@pytest.mark.parametrize("whose", ["439901000000302", "439901000000305"])
def test_the_e_voucher_of_somebody_else_links_nothing_even_under_the_same_name(town, inbox, visitor, whose):
    browser = visitor()
    begin(browser, SUN | ({"name": "王桂英"} if whose.endswith("302") else {}))
    prove_phone(browser, inbox)
    answer = browser.post("/register/proof/", {"voucher": inbox.simulators.voucher(whose)})
    assert answer.status_code == 422 and who(browser) is None
    assert not User.objects.filter(username__startswith="p").exclude(username__in=("physician", "physician_b", "pharmacist")).exists()


def test_who_has_an_account_already_gets_another_phone_by_her_e_voucher(town, inbox, visitor):
    lan = make_person(name="孙晓梅", sex="2", cert_number=SUN["cert_number"], serial=778, psn_no="439901000000301")
    user = make_user("sun", lan)
    browser = visitor()
    begin(browser, SUN)
    prove_phone(browser, inbox)
    browser.post("/register/proof/", {"voucher": inbox.simulators.voucher("439901000000301")})
    assert who(browser) == str(user.pk) and list(lan.users.all()) == [user] and user.phones.get().number == MINE


def test_a_child_has_no_account_and_is_told_what_to_do(town, inbox, visitor):
    browser = visitor()
    for facts in (facts_of(town.child_person), {"name": "孙小川", "cert_type": "990201", "cert_number": "Z439900001"}):
        assert begin(browser, facts).status_code == 422
    assert not inbox.messages(MINE)


def test_the_age_of_an_own_account_is_what_the_region_says(town):
    on = timezone.localdate()
    person = make_person(name="吴一五", born_on=on.replace(year=on.year - 15, day=1), serial=779)
    registration.check_allowed(person, timezone.now())
    Value.objects.filter(service="people", name="own_account_from", region="430000").update(content=16)
    refresh(now=True)
    with pytest.raises(ValidationError):
        registration.check_allowed(person, timezone.now())
    assert not registration.is_child_anywhere(person.born_on, on)  # Jiangsu's rules let her


def test_nobody_registers_for_the_dead(town, new, inbox, visitor):
    Person.objects.filter(pk=new.pk).update(died_on="2026-01-01")
    browser = visitor()
    begin(browser, facts_of(new))
    assert prove_phone(browser, inbox).url == "/register/proof/" and not new.users.exists()


def test_a_code_for_registering_opens_no_account_at_the_sign_in_page_nor_the_other_way_round(town, inbox, visitor):
    browser, phone = visitor(), town.lan_person.phone
    begin(browser, facts_of(town.lan_person), phone)
    session = browser.session
    session["sign_in_code"] = {"token": session["register"]["token"], "phone": Phone.objects.get(user=town.lan).digest}
    session.save()
    assert browser.post("/sign-in/code/", {"code": inbox.code(phone)}).status_code == 422 and who(browser) is None


@pytest.mark.parametrize("wrong", ["name", "code"])
def test_guessing_is_locked_after_five_tries_for_this_address_only(new, inbox, visitor, wrong):
    browser, statuses = visitor(), []
    if wrong == "code":
        begin(browser, facts_of(new))
        statuses = [browser.post("/register/code/", {"code": "000000"}).status_code for _ in range(6)]
        assert statuses[:4] == [422] * 4 and statuses[4:] == [429, 429]
    else:
        for turn in range(6):
            answer = begin(browser, facts_of(new), f"1990000081{turn}")
            statuses.append(answer.status_code)
            if answer.status_code == 302:
                prove_phone(browser, inbox, f"1990000081{turn}")
        assert statuses == [302] * 5 + [429]
    assert begin(visitor("192.0.2.9"), facts_of(new)).status_code == 302


def test_sessions_keep_nobody_s_name_or_number_in_clear(new, inbox, visitor):
    browser = visitor()
    begin(browser, facts_of(new))
    kept = str(dict(browser.session.items()))
    assert all(secret not in kept for secret in (new.name, new.cert_number, MINE))


def test_pages_further_on_need_the_pages_before(town, visitor):
    for page in ("code", "proof", "open"):
        assert visitor().get(f"/register/{page}/").url == "/register/"


def test_what_was_typed_stays_and_every_mistake_is_named(town, visitor):
    page = visitor().post("/register/", {"name": "赵<新>人", "cert_type": "01", "cert_number": "123", "phone": "12"})
    html = page.content.decode()
    assert page.status_code == 422 and "赵&lt;新&gt;人" in html and 'value="123"' in html and html.count('<a href="#id_') == 3


def test_the_quarter_of_an_hour_ends(new, inbox, visitor):
    browser = visitor()
    begin(browser, facts_of(new))
    session = browser.session
    session["register"] = session["register"] | {"until": timezone.now().timestamp()}
    session.save()
    assert prove_phone(browser, inbox).url == "/register/"
