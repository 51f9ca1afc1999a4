"""The public catalogue: thirteen services, what each is, and how each stands in a region."""
from html import unescape

import pytest

from tests.remote_care.walking import browser
from xinyijian.catalogue.book import PARTS, services
from xinyijian.catalogue.states import door_of
from xinyijian.policies import forget
from xinyijian.policies.models import Value

HUNAN, JIANGSU = "439901", "329901"


def page(client=None, id="", region=HUNAN):
    address = f"/services/{id}/" if id else "/services/"
    answer = (client or browser(language="en")).get(address, {"region": region} if region else {})
    assert answer.status_code == 200
    return answer


def states(region):
    parts = page(region=region).context["parts"]
    return {one.service.id: one.state for _word, standings in parts for one in standings}


@pytest.mark.req("S0.1", "S0.11")
def test_there_are_six_services_at_the_bureau_and_seven_during_care(law, town):
    parts = dict(page().context["parts"])
    assert [len(parts[PARTS[part]]) for part in ("bureau", "care")] == [6, 7]
    html = page(browser()).content.decode()
    for one in services():
        assert f"/services/{one.id}/" in html and one.texts["name"]["zh"] in html


def test_what_is_not_built_is_said_to_be_planned_and_what_is_built_can_be_begun(law, town):
    found = states(HUNAN)
    assert {id for id, state in found.items() if state == "open"} == {one.id for one in services() if door_of(one)}
    assert found["remote-filing"] == "open" and found["treat-first"] == "planned"
    open_page, planned = page(id="remote-filing").content.decode(), page(id="treat-first").content.decode()
    assert 'href="/remote-care/filings/new/">Begin' in open_page and "Not yet open" not in open_page
    assert "Not yet open. What you can do now" in planned and ">Begin" not in planned


def test_a_door_that_is_named_is_there():
    assert [one.id for one in services() if one.door and not door_of(one)] == []


def test_where_the_programme_is_not_offered_the_ordinary_way_stands_instead(law, town):
    assert set(states(JIANGSU).values()) == {"off"}
    html = page(id="remote-filing", region=JIANGSU).content.decode()
    assert "This region does not offer it" in html and "Begin in the ordinary way" in html


def test_a_region_can_switch_a_service_off(law, town):
    Value.objects.filter(service="catalogue", name="offered", region="430000").update(content=[one.id for one in services()[1:]])
    forget()
    assert states(HUNAN)["remote-filing"] == "off" and states(HUNAN)["transfer"] == "planned"


@pytest.mark.parametrize("one", services(), ids=lambda one: one.id)
def test_each_service_has_a_page_with_its_steps_basis_and_papers(law, town, one):
    for client in (browser(), browser(language="en")):
        html = unescape(page(client, one.id).content.decode())
        assert all(id in html for id in one.basis)
    for text in (*one.texts["steps"]["en"], *one.texts["papers"]["en"]):
        assert text in html
    assert ("spouse, parents and children" in html) is one.family


@pytest.mark.parametrize(
    ("who", "region"), [("jiangsu", JIANGSU), ("lan", HUNAN), ("neighbour", "439902"), ("jiangsu_clerk", JIANGSU), ("hospital_a", HUNAN)]
)
def test_the_page_begins_with_ones_own_region(law, town, who, region):
    assert page(browser(getattr(town, who)), region="").context["form"].region == region


def test_who_is_not_signed_in_reads_it_and_chooses_a_region(law, town):
    assert page(region="").context["form"].region == HUNAN
    assert page(region="999999").context["form"].region == HUNAN
    assert page(region=JIANGSU).context["form"].place == "柳浦县"
    assert browser().get("/services/no-such-service/").status_code == 404
    assert browser().post("/services/").status_code == 405


def test_home_sign_in_and_foot_lead_there(law, town):
    for client, address in ((browser(), "/sign-in/"), (browser(town.lan), "/"), (browser(), "/policies/")):
        assert 'href="/services/"' in client.get(address).content.decode()


def test_the_list_costs_the_same_few_queries_for_everybody(law, town, django_assert_max_num_queries):
    page()
    with django_assert_max_num_queries(8):
        page()
