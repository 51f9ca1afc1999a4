"""The code in every message: anybody can ask whether it is from us; nobody learns more, and nobody can try codes by the thousand."""
import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests import filings
from tests.town import JAN_5
from xinyijian.casework import confirmation, monitor
from xinyijian.casework.models import Notice
from xinyijian.policies import forget
from xinyijian.policies.models import Value


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """Counts of an hour or a minute outlive a test."""
    cache.clear()


@pytest.fixture
def notice(town):
    return Notice.objects.filter(docket=filings.submitted(town, at=JAN_5).docket, recipient=town.mother_person).get()


def test_every_message_carries_its_own_code_and_says_where_to_ask(notice):
    assert notice.code in notice.text and "/check/" in notice.text
    assert len(set(Notice.objects.values_list("code", flat=True))) == Notice.objects.count() > 1


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_genuine_code_says_day_and_subject_and_nobodys_name(notice, client, write, town):
    page = client.post("/check/", {"code": write(notice.code)})
    text = page.content.decode()
    assert page.status_code == 200 and "note-success" in text
    for secret in (notice.docket.number, town.mother_person.name, town.mother_person.masked_name, town.mother_person.phone):
        assert secret not in text


def test_a_slip_is_told_apart_from_a_message_that_we_never_sent(notice, client):
    slip = notice.code[:-1] + ("0" if notice.code[-1] != "0" else "1")
    assert client.post("/check/", {"code": slip}).status_code == 422
    assert client.post("/check/", {"code": confirmation.new_code()}).status_code == 404
    assert client.post("/check/", {"code": ""}).status_code == 422
    page = client.get("/check/")
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin"  # without a referrer a browser's form would be refused


def test_the_counter_finds_the_case_and_another_county_does_not(notice, client, town):
    client.force_login(town.counter)
    assert notice.docket.number in client.post("/check/", {"code": notice.code}).content.decode()
    client.force_login(town.elsewhere)
    assert notice.docket.number not in client.post("/check/", {"code": notice.code}).content.decode()


def test_nobody_tries_codes_by_the_thousand(db, client):
    answers = [client.post("/check/", {"code": confirmation.new_code()}, REMOTE_ADDR="10.9.8.7").status_code for _n in range(32)]
    assert answers[0] == 404 and answers[-1] == 429


def test_no_message_asks_for_money_or_names_an_illness():
    from tests.house import text_of, tracked

    bad = re.compile(r"pay here|/pay|alipay|wxpay|bank card|diabet|cancer|tumou?r|hepatitis|HIV|epilep|糖尿病|肿瘤|癌|肝炎|艾滋|精神", re.I)
    texts = {name: text_of(name) for name in tracked() if name.startswith("templates/notices/")}
    assert texts and not [name for name, text in texts.items() if bad.search(text) or re.search(r"https?://", text)]


def test_what_should_have_arrived_is_counted_for_those_who_can_see_to_it(notice, town, client, django_assert_max_num_queries):
    Notice.objects.filter(pk=notice.pk).update(state="failed", next_try_at=None)
    counts = {group.name: group.count for group in monitor.groups(town.clerk, JAN_5)}
    assert counts["to_phone"] == 1 and counts["missing"] == 0
    assert not any(group.count for group in monitor.groups(town.elsewhere, JAN_5))
    Notice.objects.all().delete()
    assert {group.name: group.count for group in monitor.groups(town.clerk, JAN_5)}["missing"] == 1
    client.force_login(town.clerk)
    with django_assert_max_num_queries(45):
        assert client.get("/desk/reached/").status_code == 200
    assert client.get("/desk/letters/").status_code == 200


def test_a_message_is_late_after_the_hours_of_its_region(notice, town):
    Notice.objects.filter(pk=notice.pk).update(state="queued", next_try_at=JAN_5)
    Value.objects.filter(service="casework", name="late_hours", region="430000").update(content=2)
    forget()
    made = Notice.objects.get(pk=notice.pk).at
    ages = (timedelta(hours=2), timedelta(hours=2, microseconds=1))
    late = [next(group.count for group in monitor.groups(town.clerk, made + age) if group.name == "late") for age in ages]
    assert late[1] - late[0] == Notice.objects.filter(docket=notice.docket, state="queued", at=made, next_try_at__isnull=False).count() >= 1


def test_a_letter_is_a_pdf_for_whoever_may_see_the_address_and_leaves_an_event(notice, town, client):
    Notice.objects.filter(pk=notice.pk).update(state="letter", channel="letter", next_try_at=None)
    client.force_login(town.counter)
    answer = client.get(f"/desk/letters/{notice.pk}.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    client.force_login(town.clerk)
    assert client.get(f"/desk/letters/{notice.pk}.pdf").status_code == 403
    client.force_login(town.elsewhere)
    assert client.get(f"/desk/letters/{notice.pk}.pdf").status_code == 404
