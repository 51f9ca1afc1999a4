"""A self-service machine: set up by a code, for one person at a time, and nothing of her stays when she goes."""
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from remote_care.models import Filing
from tests import filings
from tests.law import law
from tests.people.machines import machine, officer_of, registered
from tests.remote_care.walking import NEW, begin, browser
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.people import kiosk_middleware, kiosks
from xinyijian.people.models import Kiosk

__all__ = ["law"]
pytestmark = pytest.mark.usefixtures("law")
HOME, MENU, OVER, SET_UP, LIST = "/kiosk/", "/kiosk/menu/", "/kiosk/over/", "/kiosk/set-up/", "/desk/kiosks/"


@pytest.fixture
def at_machine(town):
    return machine(town, town.jiangsu, organisation=town.jiangsu_bureau)


def test_an_officer_registers_it_and_the_code_makes_one_browser_the_machine(town):
    desk, here = browser(town.officer, "en"), browser(language="en")
    assert here.get(HOME).status_code == 404
    page = desk.post(LIST, {"organisation": town.bureau.pk, "level": "town", "name": "演示镇便民中心"}).content.decode()
    code = re.search(r'big-number">([A-Z0-9-]{14})<', page).group(1)
    assert here.post(SET_UP, {"code": "AAAA-BBBB-CCCC"}).status_code == 422
    assert here.post(SET_UP, {"code": code.lower()}).url == HOME
    page = here.get(HOME).content.decode()
    assert "演示镇便民中心" in page and "elder" in page, "in large print until somebody chooses otherwise"
    assert browser().post(SET_UP, {"code": code}).status_code == 422, "a code is good once"
    kiosk = Kiosk.objects.get()
    assert "in service" in desk.get(LIST).content.decode() and kiosk.level == "town"
    desk.post(LIST, {"end": kiosk.pk})
    assert here.get(HOME).status_code == 404, "out of service at once"
    assert list(Event.objects.filter(kind="people.Kiosk").order_by("pk").values_list("verb", flat=True)) == ["register", "set_up", "end"]


def test_a_code_that_is_an_hour_old_or_of_another_county_opens_nothing(town):
    kiosk, code = registered(town)
    assert kiosks.set_up(code, timezone.now() + timedelta(hours=1)) is None and kiosks.set_up(code, timezone.now())
    elsewhere = officer_of(town, town.jiangsu_bureau)
    desk = browser(elsewhere)
    assert desk.post(LIST, {"end": kiosk.pk}).status_code == desk.post(LIST, {"again": kiosk.pk}).status_code == 404
    assert kiosk.name not in desk.get(LIST).content.decode() and browser(town.clerk).get(LIST).status_code == 404
    assert kiosks.shown_by(f"{kiosk.pk}.wrong") is kiosks.shown_by("x") is kiosks.shown_by("") is None


@pytest.mark.req("S3.33", "S3.31")
def test_what_is_begun_there_says_by_which_machine(town, at_machine):
    assert "沈**" in at_machine.get(MENU).content.decode()
    filing = begin(at_machine, town.jiangsu_person, entry="machine/")
    assert (filing.channel, filing.kiosk.name) == ("kiosk", "柳浦县政务大厅")
    assert Event.objects.get(verb="start", object_id=filing.pk).data == {"kiosk": filing.kiosk_id}
    answer = at_machine.post(NEW, {"person": town.jiangsu_person.pk})
    assert answer.status_code == 302 and set(Filing.objects.values_list("channel", flat=True)) == {"kiosk"}, "by whatever address"
    draft = filings.draft(town, at=business_now(), person=town.jiangsu_person, by=town.jiangsu)
    Filing.objects.filter(pk=draft.pk).update(kiosk=filing.kiosk, channel="kiosk")
    assert "柳浦县政务大厅" in browser(town.jiangsu_clerk, "en").get(f"/cases/{draft.number}/").content.decode()


def test_when_she_goes_nothing_of_her_stays(town, at_machine):
    page = at_machine.get(MENU)
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"] and "data-idle=" in html and 'http-equiv="refresh"' in html
    at_machine.cookies["language"] = "en"
    answer = at_machine.post("/sign-out/")
    assert answer.url == HOME and answer["Clear-Site-Data"] and answer.cookies["language"].value == ""
    for address in (MENU, "/", "/cases/", NEW + "machine/"):
        assert at_machine.get(address).url == HOME, address
    assert at_machine.get(HOME).status_code == 200


def test_after_a_while_without_a_touch_the_machine_has_forgotten_her(town, at_machine):
    at_machine.get(MENU)
    session = at_machine.session
    session[kiosk_middleware.SEEN] -= 120 + kiosks.GRACE - 5
    session.save()
    assert at_machine.post("/kiosk/here/").status_code == 204, "somebody touched it just in time"
    session = at_machine.session
    session[kiosk_middleware.SEEN] -= 120 + kiosks.GRACE + 5
    session.save()
    assert at_machine.get(MENU).url == HOME
    assert "has cleared everything" in at_machine.get(HOME).content.decode()
    assert Event.objects.get(verb="sign_out").data == {"because": "idle"}
    assert at_machine.get(MENU).url == HOME


def test_what_a_passer_by_chose_is_cleared_from_the_first_page_too(town):
    here = machine(town)
    del here.cookies["language"]
    assert "data-idle=" not in here.get(HOME).content.decode(), "nothing to clear: it stands there all day"
    here.cookies["language"] = "en"
    page = here.get(HOME).content.decode()
    assert "What have you come for?" in page and "data-idle=" in page and 'http-equiv="refresh"' in page


def test_staff_have_no_business_at_a_machine(town):
    client = machine(town, town.clerk)
    assert client.get("/desk/").url == HOME and client.get("/sign-in/password/").url == HOME and client.get("/admin/").url == HOME
    assert "with a password" not in client.get("/sign-in/").content.decode().lower()


def test_a_receipt_is_a_page_there_and_never_a_file(town):
    filing = filings.submitted(town, at=business_now() - timedelta(hours=1), papers=filings.FULL)
    client = machine(town, town.lan)
    assert client.get(f"/cases/{filing.number}/receipt.pdf").status_code == 403
    export = client.post("/my-data/export/")  # the browser would keep it in its folder of downloads
    assert export.status_code == 403 and "Content-Disposition" not in export and town.mother_person.name not in export.content.decode()
    case = client.get(f"/cases/{filing.number}/").content.decode()
    assert f"/cases/{filing.number}/sheet/" in case and "receipt.pdf" not in case, "the page that it sends her to leads to the sheet"
    page = client.get(f"/cases/{filing.number}/sheet/").content.decode()
    assert filing.number in page and "data-print" in page and "<svg" in page
    picture = client.get(f"/documents/{filing.docket.documents.first().uuid}/")
    assert picture["Refresh"].startswith("120;") and "no-store" in picture["Cache-Control"]
    assert browser(town.stranger).get(f"/cases/{filing.number}/sheet/").status_code == 404
