"""Cases in Django's admin: looked at within one's scope, decided through the same door, never written."""

from datetime import timedelta

import pytest
from django.contrib import admin

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from xinyijian.audit.models import Event
from xinyijian.casework.admin import CaseAdmin, Looked
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Claim, Decision, Deficiency, Docket, Document, Errand, Notice
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.workflow import act

READ_ONLY = [Docket, Notice, Errand, Deficiency, Decision, Document, Claim, Filing]
FILINGS = "/admin/remote_care/filing/"


@pytest.fixture
def now(db):
    return business_now() - timedelta(hours=1)


@pytest.fixture
def filing(town, now):
    return filings.submitted(town, at=now, papers=filings.FULL)


def path(model, end=""):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{end}"


def test_a_filing_is_decided_in_the_admin_by_the_same_door(town, filing):
    client = browser(town.clerk, "en")
    html = client.get(f"{FILINGS}{filing.pk}/change/").content.decode()
    assert f"{filing.number}" in html and 'href="../step/accept/"' in html and "../step/end/" not in html
    html = client.get(f"{FILINGS}{filing.pk}/step/accept/").content.decode()
    assert "The number is asked at once" in html and "admin.css" in html
    answer = client.post(f"{FILINGS}{filing.pk}/step/accept/")
    assert (answer.status_code, answer.url) == (302, f"{FILINGS}{filing.pk}/change/")
    assert Filing.objects.get(pk=filing.pk).status == "accepted"
    assert Event.objects.get(verb="accept").by_label == "clerk" and Decision.objects.get().outcome == "accepted"


def test_a_superuser_cannot_be_maker_and_checker(town, now):
    own = filings.draft(town, at=now, by=town.root, papers=filings.FULL)
    own = act(own.submit, by=town.root, at=now)
    answer = browser(town.root, "en").post(f"{FILINGS}{own.pk}/step/accept/")
    assert answer.status_code == 409 and "You opened this case yourself" in answer.content.decode()
    assert Filing.objects.get(pk=own.pk).status == "submitted"


def test_in_the_admin_too_the_second_reads_who_was_faster(town, filing):
    act(filing.accept, by=town.clerk, at=business_now())
    answer = browser(town.second_clerk, "en").post(f"{FILINGS}{filing.pk}/step/refuse/", {"because": "no"})
    assert answer.status_code == 409 and "Somebody was faster" in answer.content.decode()


@pytest.mark.parametrize("who", ["elsewhere", "jiangsu_clerk", "hospital_a", "hospital_b"])
def test_another_county_or_hospital_finds_nothing_there(town, filing, who):
    client = browser(getattr(town, who))
    assert filing.number not in client.get(FILINGS).content.decode()
    assert (
        client.get(f"{FILINGS}{filing.pk}/step/accept/").status_code == client.post(f"{FILINGS}{filing.pk}/step/accept/").status_code == 404
    )
    assert filing.number not in client.get(f"{FILINGS}{filing.pk}/change/", follow=True).content.decode()
    for model in READ_ONLY:
        assert filing.number not in client.get(path(model)).content.decode()


@pytest.mark.parametrize("who", ["lan", "mother", "stranger"])
def test_the_admin_is_no_place_for_people(town, filing, who):
    client = browser(getattr(town, who))
    for end in ("", f"{filing.pk}/change/", f"{filing.pk}/step/submit/"):
        assert client.get(FILINGS + end).status_code in (302, 404)
    assert client.post(f"{FILINGS}{filing.pk}/step/withdraw/").status_code in (302, 404)
    assert Filing.objects.get(pk=filing.pk).status == "submitted"


@pytest.mark.parametrize("model", READ_ONLY)
def test_nothing_is_added_changed_or_deleted_there_even_by_a_superuser(town, now, model):
    gap = filings.in_force(town, at=now)
    Claim.objects.create(docket=gap.docket, role="clerk", holder=town.clerk, since=now)
    row, client = model.objects.first(), browser(town.root, "en")
    assert client.get(path(model)).status_code == 200
    assert client.get(path(model, f"{row.pk}/change/")).status_code == 200
    for end in ("add/", f"{row.pk}/delete/"):
        assert client.get(path(model, end)).status_code == client.post(path(model, end), {"post": "yes"}).status_code == 403
    assert client.post(path(model, f"{row.pk}/change/"), {"status": "ended"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_every_case_class_has_the_admin_that_cannot_write():
    for model in case_classes():
        assert isinstance(admin.site.get_model_admin(model), CaseAdmin), model
    for model in READ_ONLY:
        assert isinstance(admin.site.get_model_admin(model), Looked), model


def test_a_case_is_found_by_its_whole_number_and_filtered_by_its_state(town, filing, now):
    other = filings.draft(town, at=now, person=town.lan_person)
    client = browser(town.clerk)
    assert '<label for="searchbar">完整的办件编号</label>' in client.get(FILINGS).content.decode()
    for query, shown in (
        ({"q": filing.number.lower()}, [filing]),
        ({"q": filing.number[:8]}, []),
        ({"status": "draft"}, [other]),
        ({}, [filing, other]),
    ):
        html = client.get(FILINGS, query).content.decode()
        assert {f.number for f in (filing, other) if f'/change/">{f.number}' in html or f">{f.number}<" in html} == {
            f.number for f in shown
        }, query


def test_the_list_asks_equally_often_for_three_and_for_twelve_rows(town, now, django_assert_max_num_queries):
    client, counted = browser(town.clerk), []
    for batch in (3, 9):
        for _n in range(batch):
            filings.draft(town, at=now, person=town.lan_person, papers=())
        client.get(FILINGS)
        with django_assert_max_num_queries(20) as captured:
            client.get(FILINGS)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_reading_a_case_there_is_on_record(town, filing):
    browser(town.clerk).get(f"{FILINGS}{filing.pk}/change/")
    event = Event.objects.get(verb="read")
    assert (event.person_id, event.by_id, event.data) == (filing.person_id, town.clerk.pk, {"as": "admin"})
