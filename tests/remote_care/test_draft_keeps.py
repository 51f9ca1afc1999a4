"""Nothing that was typed into the filing form is ever lost: wrong, half done, on two devices, or with the session gone."""
import random
import re

import pytest
from django.contrib.sessions.models import Session

from remote_care import drafts, held
from remote_care.models import Filing
from tests.remote_care.walking import ADDRESS, GUANGZHOU, SHENZHEN, begin, browser, errors_in, get, photo, post, read_notice, url
from tests.town import PASSWORD
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.workflow import act

AUTOSAVE = {"headers": {"X-Autosave": "1"}}


@pytest.fixture
def lan(town):
    return browser(town.lan)


@pytest.fixture
def filing(town, lan):
    return begin(lan, town.mother_person)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_typed_wrong_stays_on_the_page_and_on_another_device(town, filing, language):
    first, second = browser(town.lan, language), browser(town.lan, language)
    answer = post(first, filing, "where", 422, place=GUANGZHOU, start_on="31.2.2026", resident_since="last spring")
    assert len(errors_in(answer.content.decode())) == 2
    for html in (answer.content.decode(), get(second, filing, "where")):
        assert 'value="31.2.2026"' in html and 'value="last spring"' in html and 'type="text" name="start_on"' in html
        assert f'value="{GUANGZHOU}" selected' in html
    filing.refresh_from_db()
    assert filing.place_id == GUANGZHOU and filing.start_on is None, "what was not understood counts for nothing"


def test_a_wrong_answer_put_right_is_forgotten(lan, filing):
    post(lan, filing, "contact", 422, **ADDRESS | {"contact_phone": "12"})
    filing.refresh_from_db()
    assert filing.contact_phone == "" and filing.mistyped
    post(lan, filing, "contact", **ADDRESS)
    filing.refresh_from_db()
    assert filing.contact_phone == "19900000001" and not filing.mistyped


def test_an_unfinished_page_can_be_left(lan, filing):
    answer = post(lan, filing, "contact", contact_name="李晓兰", contact_phone="199", remote_address="", leave="1")
    assert answer.url == f"/cases/{filing.number}/"
    html = get(lan, filing, "contact")
    assert 'value="李晓兰"' in html and 'value="199"' in html


def test_autosave_keeps_everything_and_says_nothing(lan, filing):
    fields = {"place": GUANGZHOU, "start_on": "2026-", "resident_since": ""}
    answer = lan.post(url(filing, "where"), fields, **AUTOSAVE)
    assert answer.status_code == 204 and answer.content == b""
    assert 'value="2026-"' in get(lan, filing, "where")
    assert list(Event.objects.filter(object_id=filing.pk).values_list("verb", flat=True)) == ["start"], "saving is no step"


def test_autosave_without_a_session_says_so_to_the_script(filing):
    assert browser().post(url(filing, "where"), {"place": GUANGZHOU}, **AUTOSAVE).status_code == 401


def test_autosave_after_sending_changes_nothing(town, lan, filing):
    act(filing.withdraw, by=town.lan, at=business_now())
    assert lan.post(url(filing, "where"), {"place": GUANGZHOU}, **AUTOSAVE).status_code == 409
    assert post(lan, filing, "where", place=GUANGZHOU).url == f"/cases/{filing.number}/"
    assert Filing.objects.get().place_id is None


def test_another_device_goes_on_where_the_first_stopped(town, lan, filing):
    read_notice(lan, filing)
    post(lan, filing, "where", place=GUANGZHOU, start_on="2026-12-01", resident_since="2024-03-01")
    post(lan, filing, "papers", send="identity_card", file_identity_card=photo())
    other = browser(town.lan, "en")
    assert f'value="{GUANGZHOU}" selected' in get(other, filing, "where") and 'value="2024-03-01"' in get(other, filing, "where")
    assert "/documents/" in get(other, filing, "papers")


PLANNED = 60  # of the rounds below


def typed(chance, round_) -> tuple[str, dict]:
    """A page of the form and what somebody types there, right or wrong, never twice the same: of a stay to come, then of one begun."""
    wrong, planned = chance.random() < 0.3, round_ < PLANNED
    first = {"start_on": f"in {round_} days" if wrong else f"2099-01-{round_ % 28 + 1:02}"} if planned else {}
    since = f"in spring {round_}" if wrong else f"2024-03-{round_ % 28 + 1:02}"
    return chance.choice([
        ("contact", {"contact_name": f"联系人{round_}", "remote_address": f"天河路 {round_} 号 402 室",
                     "contact_phone": f"12-{round_}" if wrong else f"19900000{round_:03}"}),
        ("where", {"place": chance.choice([GUANGZHOU, SHENZHEN]), "resident_since": since} | first),
        ("basis", {"basis": chance.choice(["documents", "commitment"])}),
    ] + ([] if planned else [
        ("stay", {"care_hospital": f"广州第{round_}医院", "admitted_on": f"day {round_}" if wrong else f"2026-01-{round_ % 28 + 1:02}",
                  "discharge_at": f"tomorrow {round_}"}),
        ("care", {"occasion": chance.choice(["admitted", "paid"])}),
    ]))


def kill_session(chance, client):
    """The row is gone on the server, or the browser has lost its cookie."""
    Session.objects.all().delete() if chance.random() < 0.5 else client.cookies.pop("sessionid", None)


def shows(html, name, value) -> bool:
    """The answer stands on the page as she gave it: in a field, as the chosen one, or ticked."""
    return any(re.search(pattern, html) for pattern in (
        rf'name="{name}"[^>]* value="{re.escape(value)}"', rf'value="{re.escape(value)}"[^>]* name="{name}"',
        rf'<option value="{re.escape(value)}" selected', rf'<textarea[^>]*name="{name}"[^>]*>\s*{re.escape(value)}<')) and (
        'type="radio"' not in html or name not in ("occasion", "basis") or bool(re.search(rf'value="{value}"[^>]* checked', html)))


@pytest.mark.req("S3.11", "S3.23")
def test_two_hundred_killed_sessions_lose_no_field(town, filing):
    """Before, between or after two posts the session dies; what was in the very post that met a dead one comes back as well."""
    chance, client, last, met = random.Random(7), browser(town.lan), {}, 0
    drafts.save(filing, {"type": "long_residence", "occasion": "planned"}, by=town.lan, at=business_now())
    for round_ in range(200):
        if round_ == PLANNED:
            assert "start_on" in last["where"] and stands_there(town, filing, last)
            drafts.save(Filing.objects.get(), {"occasion": "admitted"}, by=town.lan, at=business_now())
        page, fields = typed(chance, round_)
        dead = chance.random() < 0.25
        if dead:
            kill_session(chance, client)
            assert client.post(url(filing, page), fields).url.startswith("/sign-in/?next=")
        else:
            assert client.post(url(filing, page), fields, **AUTOSAVE).status_code == 204
            kill_session(chance, client)
        last[page], met = fields, met + dead
        client.force_login(town.lan, backend="django.contrib.auth.backends.ModelBackend")
        if dead:  # where the sign-in leads back to
            html = get(client, filing, page)
            assert all(shows(html, name, value) for name, value in fields.items()), (round_, page, fields)
    assert met > 40 and len(last) == 5 and stands_there(town, filing, last)


def stands_there(town, filing, last) -> bool:
    """What was typed last on every page is what a new session reads there."""
    for page, fields in last.items():
        html = get(browser(town.lan), filing, page)
        assert all(shows(html, name, value) for name, value in fields.items()), (page, fields)
    return True


def test_pages_of_several_tabs_are_all_kept_over_one_sign_in_and_a_photo_is_asked_for_again(town, filing):
    client = browser(town.lan, "en")
    Session.objects.all().delete()
    client.post(url(filing, "contact"), ADDRESS)
    client.post(url(filing, "where"), {"place": GUANGZHOU, "start_on": "soon", "resident_since": ""})
    client.post(url(filing, "papers"), {"send": "identity_card", "file_identity_card": photo()})
    client.force_login(town.lan, backend="django.contrib.auth.backends.ModelBackend")
    assert "have to be given again" in get(client, filing, "papers")
    assert 'value="soon"' in get(client, filing, "where") and ADDRESS["remote_address"] in get(client, filing, "contact")


def test_of_more_pages_than_are_held_the_newest_ones_stay(rf):
    session = {}
    for number in range(held.MOST + 1):
        request = rf.post(f"/{number}/", {"contact_name": f"name {number}"})
        request.session = session
        held.to_sign_in(request, keep=True)

    def back(number):
        request = rf.get(f"/{number}/")
        request.session = session
        return held.take(request)

    assert back(0) is None and back(1)["contact_name"] == "name 1" and back(held.MOST)["contact_name"] == f"name {held.MOST}"


def test_answers_held_over_the_sign_in_are_sealed_and_never_reach_somebody_else(town, filing):
    client = browser(town.lan)
    get(client, filing, "contact")
    Session.objects.all().delete()
    client.post(url(filing, "contact"), ADDRESS)
    session = Session.objects.get().get_decoded()
    assert "天河路" not in str(session) and "19900000001" not in str(session)
    client.force_login(town.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url(filing, "contact")).status_code == 404
    assert Filing.objects.get().remote_address == ""


def test_the_real_sign_in_keeps_what_was_typed(town, filing):
    client = browser(town.lan)
    get(client, filing, "contact")
    Session.objects.all().delete()
    answer = client.post(url(filing, "contact"), ADDRESS)
    client.get(answer.url)
    answer = client.post("/sign-in/password/", {"username": "lan", "password": PASSWORD})
    assert answer.url == url(filing, "contact")
    assert "天河路 100 号 3 栋 402" in client.get(answer.url).content.decode()
    assert Filing.objects.get().remote_address == "天河路 100 号 3 栋 402"


@pytest.mark.parametrize("language, words", [
    ("zh-hans", "最多 60 个字，您写了 5000 个字"), ("en", "At most 60 characters fit here; you wrote 5000"),
])
def test_what_is_too_long_is_said_in_plain_words(town, filing, language, words):
    answer = post(browser(town.lan, language), filing, "contact", 422, **ADDRESS | {"contact_name": "长" * 5000})
    assert words in answer.content.decode()


def test_a_sign_out_in_another_tab_loses_nothing(town, filing):
    client = browser(town.lan, enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', get(client, filing, "contact")).group(1)
    client.post("/sign-out/", {"csrfmiddlewaretoken": token})
    answer = client.post(url(filing, "contact"), ADDRESS | {"csrfmiddlewaretoken": token})
    assert answer.url == f"/sign-in/?next={url(filing, 'contact')}"
    assert "您已退出登录；登录后回到刚才的页面。" in client.get(answer.url).content.decode()
    client.force_login(town.lan, backend="django.contrib.auth.backends.ModelBackend")
    assert "天河路 100 号 3 栋 402" in get(client, filing, "contact")


def test_a_city_is_found_without_a_script_and_the_typed_rest_stays(lan, filing):
    answer = post(lan, filing, "where", place="", start_on="nonsense", resident_since="", city="广州", find="1")
    html = lan.get(answer.url.split("#")[0]).content.decode()
    assert 'value="440100"' in html and 'value="310100"' not in html and 'value="nonsense"' in html
    assert 'value="439900"' not in get(lan, filing, "where"), "the home city is not offered"
