"""Filings that arrive from the province's app, the national platform and machines, with their source."""
import pytest

from remote_care.models import Filing
from tests.connect.conftest import machine_of
from tests.connect.test_filings import FILLED
from tests.town import make_post, make_user
from xinyijian.people.models import Organisation


@pytest.fixture
def app(town):
    """The system of Hunan's own app."""
    place = Organisation.objects.create(code="AP430000", kind="app", region=town.region_430000, name="湘医保（演示）")
    admin = make_user("app_admin", is_staff=True)
    make_post(admin, place, "hospital_admin")
    return machine_of(admin, place)


def asked(town, **more):
    return {"psn_no": town.stranger_person.psn_no, "code_biz_type": "01101"} | FILLED | more


@pytest.mark.req("S2.23", "S3.8", "S3.28")
def test_a_filing_from_an_app_keeps_its_source_and_the_papers_of_its_entry(app, town):
    for entry, channel in (("provincial_app", "provincial_app"), ("national_app", "national_app")):
        made = app.post("filings/", asked(town, dcla_souc="04", entry=entry, type="other_temporary"))
        assert (made.status_code, made.json()["dcla_souc"]) == (201, "04"), made.content
        filing = Filing.objects.get(number=made.json()["number"])
        assert (filing.channel, filing.type, filing.organisation.kind) == (channel, "other_temporary", "app")
        assert app.get(f"filings/{filing.number}/").status_code == 200
        refused = app.post(f"filings/{filing.number}/submit/").json()["errors"]
        missing = [error["text"] for error in refused if error["code"] == "principal_missing"]
        assert missing and ("photo" in missing[0] or "照片" in missing[0]) is (entry == "national_app")


def test_a_way_that_the_region_does_not_take_is_refused_before_anything_is_opened(app, town):
    answer = app.post("filings/", asked(town, dcla_souc="05"))
    assert answer.status_code == 409 and [error["code"] for error in answer.json()["errors"]] == ["channel_closed"]
    assert not Filing.objects.exists()


def test_a_key_files_for_its_own_source_only(app, his, town):
    for machine, source in ((app, "01"), (his, "04")):
        answer = machine.post("filings/", asked(town, dcla_souc=source))
        assert (answer.status_code, [error["code"] for error in answer.json()["errors"]]) == (422, ["wrong_source"])


def test_an_app_reaches_people_of_its_province_and_nobody_else(app, town):
    assert app.post("filings/", asked(town, dcla_souc="04") | {"psn_no": town.neighbour_person.psn_no}).status_code == 201
    assert app.post("filings/", asked(town, dcla_souc="04") | {"psn_no": town.jiangsu_person.psn_no}).status_code == 404
