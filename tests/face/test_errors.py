"""When something goes wrong: clear words, what to do, the counter's phone; and no database, so that nothing fails twice."""
import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation

from xinyijian import errors

PAGES = {
    400: lambda request: errors.bad_request(request, SuspiciousOperation()),
    403: lambda request: errors.forbidden(request, PermissionDenied()),
    404: lambda request: errors.not_found(request, None),
    500: errors.server_error,
}


@pytest.mark.parametrize("status", PAGES)
@pytest.mark.parametrize("language, heading", [("zh-hans", "到首页"), ("en", "To the first page")])
def test_every_error_page_says_what_to_do_without_a_database(rf, settings, status, language, heading):
    settings.COUNTER_PHONE = "19900001234"
    rf.cookies["language"] = language
    answer = PAGES[status](rf.get("/somewhere/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert heading in page and "19900001234" in page
    assert "<h1>" in page and "Traceback" not in page


def test_a_form_from_yesterday_says_that_nothing_was_changed(settings, db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/preferences/", {"language": "en"})
    assert answer.status_code == 403
    assert "没有任何改动" in answer.content.decode()


def test_an_address_that_only_takes_a_button_says_so(client):
    answer = client.get("/sign-out/")
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    assert "To the first page" in answer.content.decode() or "到首页" in answer.content.decode()


def test_the_unseen_and_the_missing_get_the_same_page(client, db):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到您要的页面" in answer.content.decode()
