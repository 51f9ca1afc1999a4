"""The provincial single sign-on, against a provider that runs: who comes in, as whom, and what is refused."""
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.utils import timezone

from tests.town import make_person, make_user
from xinyijian.audit.models import Event
from xinyijian.gateways import Rejected, Unavailable, sign_on
from xinyijian.people.models import Binding, Person, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
SUN = "439901000000301"


def ask(browser):
    """Where the browser is sent."""
    return browser.get("/sign-in/sign-on/").url


def choose(address, who):
    """The provider's answer when somebody chose who she is: the address to come back to, in this portal."""
    answer = urllib3.request("GET", f"{address}&as={who}", redirect=False)
    assert answer.status == 302, answer.data
    return urlsplit(answer.headers["Location"])


def come_in(browser, who, **change):
    back = choose(ask(browser), who)
    query = {name: values[0] for name, values in parse_qs(back.query).items()} | change
    return browser.get(back.path, query)


def who(browser):
    return browser.session.get("_auth_user_id")


def bind(user, subject, settings):
    return Binding.objects.create(user=user, issuer=settings.OIDC_ISSUER, subject=subject, bound_at=timezone.now())


def test_the_question_carries_state_nonce_and_a_challenge_and_no_secret(town, simulators, visitor, settings):
    asked = parse_qs(urlsplit(ask(visitor())).query)
    assert {"state", "nonce", "code_challenge"} <= set(asked) and asked["code_challenge_method"] == ["S256"]
    assert settings.OIDC_CLIENT_SECRET not in str(asked) and "code_verifier" not in asked


@pytest.mark.req("S2.7")
def test_certificate_and_name_that_the_provider_asserts_open_an_account_and_bind_it(town, simulators, visitor):
    browser = visitor()
    assert come_in(browser, SUN).url == "/"
    user = Person.objects.get(psn_no=SUN).users.get()
    assert who(browser) == str(user.pk) and user.bindings.get().subject == SUN
    again = visitor("192.0.2.2")
    come_in(again, SUN)
    assert who(again) == str(user.pk) and User.objects.filter(person=user.person).count() == 1
    assert Event.objects.filter(verb="sign_in", data={"door": "sign-on"}).count() == 2


def test_the_account_that_is_there_is_the_one_that_opens(town, simulators, visitor):
    person = make_person(name="孙晓梅", sex="2", cert_number="439901199202173124", serial=778, psn_no=SUN)
    user = make_user("sun", person)
    browser = visitor()
    come_in(browser, SUN)
    assert who(browser) == str(user.pk)


def test_a_name_alone_links_nothing(town, simulators, visitor, settings):
    settings.OIDC_CLAIMS = {"name": "name", "cert_type": "none", "cert_number": "none"}
    browser = visitor()
    assert come_in(browser, SUN).url == "/sign-in/" and who(browser) is None


def test_another_subject_with_the_same_certificate_takes_no_account_over(town, simulators, visitor, settings):
    come_in(visitor(), SUN)
    Binding.objects.update(subject="another")
    browser = visitor("192.0.2.2")
    assert come_in(browser, SUN).url == "/sign-in/" and who(browser) is None


def test_staff_come_in_by_a_binding_and_still_owe_the_second_step(town, simulators, visitor, settings):
    browser = visitor()
    assert come_in(browser, "clerk").url == "/sign-in/" and who(browser) is None
    bind(town.clerk, "clerk", settings)
    assert come_in(browser, "clerk").url == "/sign-in/second/" and who(browser) is None


def test_a_second_proof_given_there_counts_here_only_where_that_is_set(town, simulators, visitor, settings):
    bind(town.officer, "officer", settings)
    browser = visitor()
    assert come_in(browser, "officer").url == "/sign-in/second/" and who(browser) is None
    settings.OIDC_SECOND_PROOF = True
    assert come_in(browser, "officer").url == "/desk/" and who(browser) == str(town.officer.pk)


def test_a_bound_account_that_may_not_sign_in_stays_out(town, simulators, visitor, settings):
    bind(town.officer, "officer", settings)
    User.objects.filter(pk=town.officer.pk).update(is_active=False)
    assert come_in(visitor(), "officer").url == "/sign-in/"


@pytest.mark.parametrize("change", [{"state": "forged"}, {"state": ""}, {"code": "forged"}, {"code": ""}])
def test_a_forged_answer_opens_nothing(town, simulators, visitor, change):
    browser = visitor()
    assert come_in(browser, SUN, **change).url == "/sign-in/" and who(browser) is None


def test_an_answer_counts_once_and_in_the_browser_that_asked(town, simulators, visitor):
    first, second = visitor(), visitor()
    back = choose(ask(first), SUN)
    ask(second)
    assert second.get(f"{back.path}?{back.query}").url == "/sign-in/"
    assert first.get(f"{back.path}?{back.query}").url == "/"
    first.post("/sign-out/")
    assert first.get(f"{back.path}?{back.query}").url == "/sign-in/" and who(first) is None


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_the_token_must_fit_the_question(town, simulators, visitor, part):
    browser = visitor()
    back = choose(ask(browser), SUN)
    session = browser.session
    session["sign_on"] = session["sign_on"] | {part: "x" * 43}
    session.save()
    assert browser.get(f"{back.path}?{back.query}").url == "/sign-in/" and who(browser) is None


@pytest.mark.parametrize("name, value", [("OIDC_CLIENT_SECRET", "wrong"), ("OIDC_ISSUER", None)])
def test_a_wrong_secret_or_another_issuer_opens_nothing(town, simulators, visitor, settings, name, value):
    browser = visitor()
    back = choose(ask(browser), SUN)
    setattr(settings, name, value or settings.OIDC_ISSUER + "/")
    assert browser.get(f"{back.path}?{back.query}").url == "/sign-in/" and who(browser) is None


@pytest.mark.parametrize("address", ["http://169.254.169.254/latest/", "http://127.0.0.1:1/x", "file:///etc/passwd", "//evil.example/", ""])
def test_our_server_asks_nobody_but_the_issuer(simulators, address):
    with pytest.raises(Rejected):
        sign_on._json("GET", address)


def test_in_operation_the_issuer_must_be_reached_encrypted(simulators, settings):
    settings.DEMO = False
    with pytest.raises(Rejected):
        sign_on.address_for(sign_on.Question.fresh(), "http://127.0.0.1:8000/sign-in/sign-on/back/")


def test_a_provider_that_is_away_is_said_so(town, visitor, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9/sign-on"
    browser = visitor()
    browser.cookies["language"] = "en"
    assert ask(browser) == "/sign-in/" and "it does not answer" in browser.get("/sign-in/").content.decode()
    with pytest.raises(Unavailable):
        sign_on.address_for(sign_on.Question.fresh(), "")


def test_where_none_is_configured_there_is_no_such_door(town, visitor, settings):
    settings.OIDC_ISSUER = ""
    assert visitor().get("/sign-in/sign-on/").status_code == visitor().get("/sign-in/sign-on/back/").status_code == 404
    assert "/sign-in/sign-on/" not in visitor().get("/sign-in/").content.decode()
