"""Language, large print and colours: chosen once, kept in cookies, never guessed."""
import pytest

from xinyijian.preferences import SIZES, Display

GERMAN_BROWSER = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9,de"}


def words_of(response):
    return response.content.decode()


def test_pages_speak_chinese_whatever_the_browser_asks_for(client, db):
    page = words_of(client.get("/preferences/", **GERMAN_BROWSER))
    assert '<html lang="zh-Hans"' in page
    assert 'value="en" lang="en"' in page  # English is one touch away


def test_one_touch_makes_them_english_and_brings_her_back(client, db):
    answer = client.post("/preferences/", {"language": "en", "next": "/gallery/?layout=desk"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?layout=desk")
    page = client.get("/preferences/")
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in words_of(page)


def test_the_choice_is_kept_for_messages_to_her_phone(client, django_user_model, db):
    user = django_user_model.objects.create(username="lan", language="zh-hans")
    client.force_login(user)
    client.post("/preferences/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil", ""])
def test_nobody_is_sent_elsewhere(client, db, elsewhere):
    assert client.post("/preferences/", {"language": "en", "next": elsewhere})["Location"] == "/preferences/"


def test_an_unknown_language_changes_nothing(client, db):
    answer = client.post("/preferences/", {"language": "tlh"})
    assert "language" not in answer.cookies


def test_large_print_is_on_every_page_until_switched_off(client, db):
    client.post("/preferences/", {"elder": "on"})
    assert 'class="patient elder size-22"' in words_of(client.get("/preferences/"))
    client.post("/preferences/", {"size": "30"})
    client.post("/preferences/", {"contrast": "on"})
    client.post("/preferences/", {"dark": "on"})
    assert 'class="patient contrast dark elder size-30"' in words_of(client.get("/gallery/"))
    client.post("/preferences/", {"elder": "off"})
    assert 'class="patient contrast dark"' in words_of(client.get("/preferences/"))


def test_cookies_are_not_readable_by_scripts(client, db):
    cookies = client.post("/preferences/", {"language": "en", "elder": "on"}).cookies
    assert all(cookies[name]["httponly"] and cookies[name]["samesite"] == "Lax" for name in ("language", "display"))


def test_every_display_survives_its_cookie():
    for size in SIZES:
        for bits in range(8):
            display = Display(bool(bits & 1), size, bool(bits & 2), bool(bits & 4))
            assert Display.read(display.cookie()) == display


@pytest.mark.parametrize("cookie", ["", "elder.99", "<script>", "elder" * 1000, "44"])
def test_a_broken_cookie_is_passed_over(cookie):
    assert Display.read(cookie).classes in ("", "elder size-22")


def test_a_posted_size_that_does_not_exist_changes_nothing():
    assert Display().changed({"size": "31", "dark": "perhaps"}) == Display()


def test_sizes_reach_from_18_to_30_pixels():
    assert (min(SIZES), max(SIZES)) == (18, 30)
