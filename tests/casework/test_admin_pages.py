"""Long tables in the admin: page after page by key, in a fixed number of queries, nothing counted."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import StandIn
from xinyijian.listing import Keyed

FILINGS, NEXT = "/admin/remote_care/filing/", re.compile(r'href="([^"]+)" rel="next"')


@pytest.fixture
def seven(town, monkeypatch):
    monkeypatch.setattr(Keyed, "list_per_page", 3)
    filings.copies(filings.in_force(town, at=business_now(), papers=filings.FULL), 6)
    return list(Filing.objects.order_by("-pk").values_list("number", flat=True))


def read(client, address):
    """(the numbers on the page, its queries, the address of the next page or None)"""
    with CaptureQueriesContext(connection) as asked:
        html = client.get(address).content.decode()
    onward = NEXT.search(html)
    return re.findall(r"/change/[^>]*>([^<]+)<", html), [q["sql"] for q in asked], onward and FILINGS + onward[1].replace("&amp;", "&")


def test_every_row_stands_on_one_page_and_nothing_is_counted(town, seven):
    client, address, seen, costs = browser(town.clerk, "en"), f"{FILINGS}?status=in_force", [], []
    read(client, address)  # a session's first page also reads what is kept afterwards
    while address:
        numbers, queries, address = read(client, address)
        seen += numbers
        costs.append(len(queries))
        assert not [sql for sql in queries if "COUNT(" in sql or "OFFSET" in sql]
        assert address is None or "status=in_force" in address
    assert seen == seven
    assert len(set(costs)) == 1, costs


def test_another_filter_or_search_begins_at_its_own_beginning(town, seven):
    html = browser(town.clerk, "en").get(read(browser(town.clerk, "en"), FILINGS)[2]).content.decode()
    assert "Back to the newest" in html
    assert "after=" not in "".join(re.findall(r'href="\?[^"]*status[^"]*"', html))
    assert 'name="after"' not in html


@pytest.mark.parametrize("nonsense", ["x", "-", "9" * 40, "1; DROP TABLE"])
def test_an_address_that_was_never_a_place_is_404(town, seven, nonsense):
    assert browser(town.clerk).get(FILINGS, {"after": nonsense}).status_code == 404


def test_a_stand_in_is_found_by_a_user_name_and_does_not_say_who_is_ill(town):
    day = day_of(business_now())
    given = {"absent": town.clerk, "deputy": town.second_clerk, "set_by": town.officer, "set_at": business_now()}
    one = StandIn.objects.create(since=day, until=day, because="ill", **given)
    client, home = browser(town.officer, "en"), "/admin/casework/standin/"
    found, nobody = client.get(home, {"q": " clerk "}).content.decode(), client.get(home, {"q": "nobody"}).content.decode()
    assert f"{home}{one.pk}/change/" in found and f"{home}{one.pk}/change/" not in nobody
    assert "illness" not in found + client.get(f"{home}{one.pk}/change/").content.decode()
