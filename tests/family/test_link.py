"""A family link: both agree, a clerk verifies, either side ends it, and nobody learns who is known here."""
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from family.models import Link
from family.services import open_link, send
from tests.family import links
from tests.remote_care.walking import browser
from tests.town import JAN_5, certificate, grant, link, make_person, make_user, rate
from xinyijian.audit.models import Event
from xinyijian.casework.models import Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people import standing
from xinyijian.people.models import Consent, FamilyLink

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("law")


def codes(no):
    return [unmet.code for unmet in no.value.unmet]


def again(one):
    return Link.objects.get(pk=one.pk)


def told(one):
    return sorted((n.recipient_id, n.template) for n in Notice.objects.filter(docket=one.docket_id))


@pytest.mark.req("S0.3")
def test_both_agree_a_clerk_verifies_and_the_link_counts(town):
    made = links.in_force(town, at=JAN_5)
    row = FamilyLink.objects.get(case_number=made.number)
    assert (row.person, row.relative, row.relation, row.proof) == (
        town.stranger_person, town.neighbour_person, "spouse", "household_register")
    assert row.verified_by == town.clerk and row in FamilyLink.objects.in_force(JAN_5.date())
    assert sorted(Consent.objects.values_list("person", "kind", "how")) == sorted(
        [(town.stranger_person.pk, "kinship", "online"), (town.neighbour_person.pk, "kinship", "online")])


@pytest.mark.req("S0.3", "S0.4")
def test_the_benefit_reaches_her_through_it_and_ends_with_it(town):
    made = links.in_force(town, at=JAN_5, by=None, person=None)
    rate(town.neighbour_person)
    who = town.stranger_person.pk
    assert standing.benefits_through([who], JAN_5.date())[who].relation == "spouse"
    act(made.end, by=town.neighbour, at=JAN_5 + DAY, because="divorce")
    assert standing.benefits_through([who], (JAN_5 + DAY).date())[who] is None


def test_one_consent_alone_registers_nothing_whoever_gives_it_first(town):
    online = links.asked(town, at=JAN_5)
    with pytest.raises(Refused) as no:
        act(online.accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["consent_missing"]
    town_person = make_person("钱一", serial=950)
    counter = links.draft(town, at=JAN_5, by=town.counter, person=town_person)
    counter = send(counter, by=town.counter, at=JAN_5)
    act(counter.agree, by=town.neighbour, at=JAN_5, agreed=[("relative", "kinship")])
    assert again(counter).both_agreed_at is None
    act(again(counter).agree, by=town.counter, at=JAN_5, agreed=[("person", "kinship")], how="paper")
    assert act(again(counter).accept, by=town.clerk, at=JAN_5).status == "in_force"


@pytest.mark.req("S2.17")
def test_a_known_and_an_unknown_person_look_the_same_to_whoever_asks(town):
    known = links.asked(town, at=JAN_5)
    other = town.stranger_person, make_person("李四", serial=951)
    asker = make_user("asker", other[1])
    nobody = certificate("439901", date(1972, 7, 30), 998)
    unknown = links.asked(town, at=JAN_5, by=asker, cert_number=nobody, name="何秀琴")
    wrong_name = links.asked(town, at=JAN_5, by=make_user("third", make_person("王五", serial=952)), name="何秀英")
    assert known.relative == town.neighbour_person and unknown.relative is None and wrong_name.relative is None
    assert {(c.status, c.next_due_at) for c in (known, unknown, wrong_name)} == {("asked", known.next_due_at)}
    pages = [browser(u, "en").get(f"/cases/{c.number}/").content.decode() for u, c in ((town.stranger, known), (asker, unknown))]
    assert all("The other person agreed" in page and "not agreed yet" in page for page in pages)
    assert town.neighbour_person.masked_phone not in pages[0] and "Found in the register" not in pages[0]


@pytest.mark.req("S2.17")
def test_asking_costs_the_same_queries_for_a_known_and_an_unknown_person(town):
    users = [make_user(f"asker{n}", make_person("李四", serial=951 + n)) for n in range(3)]
    drafts = [links.draft(town, at=JAN_5, by=user, **more) for user, more in zip(users, ({}, {}, {"name": "何无名"}), strict=True)]
    counts = []
    for one in drafts:
        with CaptureQueriesContext(connection) as queries:
            send(one, by=one.opened_by, at=JAN_5)
        counts.append(len(queries))
    assert counts[1] == counts[2]  # the first one warms what is kept in memory


def test_only_who_is_asked_is_invited_and_sees_it(town):
    made = links.asked(town, at=JAN_5)
    assert (town.neighbour_person.pk, "family/invite") in told(made)
    assert browser(town.neighbour).get(f"/family/asked/{made.number}/").status_code == 200
    assert browser(town.neighbour).get(f"/cases/{made.number}/").status_code == 404
    for user in (town.husband, town.jiangsu, town.elsewhere):
        assert browser(user).get(f"/family/asked/{made.number}/").status_code == 404
        with pytest.raises((Http404, PermissionDenied)):
            act(again(made).agree, by=user, at=JAN_5, agreed=[("relative", "kinship")])


def test_kinship_is_not_registered_by_a_grant(town):
    grant(town.neighbour_person, town.lan_person, scope="*")
    with pytest.raises(PermissionDenied):
        open_link(town.neighbour_person, by=town.lan, at=JAN_5, relation="spouse", name="周明", cert_number="x")
    made = links.asked(town, at=JAN_5)
    with pytest.raises((Http404, PermissionDenied)):
        act(made.agree, by=town.lan, at=JAN_5, agreed=[("relative", "kinship")])


def test_who_asked_does_not_agree_for_the_other_and_nobody_declines_her_own(town):
    made = links.asked(town, at=JAN_5)
    for verb, inputs in (("agree", {"agreed": [("relative", "kinship")]}), ("decline", {})):
        with pytest.raises(PermissionDenied):
            act(getattr(again(made), verb), by=town.stranger, at=JAN_5, **inputs)


def test_a_clerk_does_not_decide_what_she_opened_or_what_is_her_own_familys(town):
    made = links.draft(town, at=JAN_5, by=town.clerk, person=town.stranger_person)
    made = send(made, by=town.clerk, at=JAN_5)
    act(made.agree, by=town.clerk, at=JAN_5, agreed=[("person", "kinship")], how="paper")
    act(again(made).agree, by=town.neighbour, at=JAN_5, agreed=[("relative", "kinship")])
    with pytest.raises(Refused) as no:
        act(again(made).accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["four_eyes"]


def test_pressed_twice_the_form_agrees_once(town):
    made = links.asked(town, at=JAN_5)
    client, door = browser(town.neighbour), f"/family/asked/{made.number}/agree/"
    seen = client.get(door).context["seen"]
    for _press in range(2):
        assert client.post(door, {"agree_kinship": "on", "seen": seen}).status_code == 302
    assert Event.objects.filter(kind="family.Link", object_id=made.pk, verb="agree").count() == 1
    assert Consent.objects.filter(person=town.neighbour_person).count() == 1


def test_the_form_asked_twice_is_one_request(town):
    client = browser(town.stranger)
    key = client.get("/family/links/new/").context["form"]["key"].value()
    typed = {"person": town.stranger_person.pk, "relation": "spouse", "name": "何秀琴", "cert_type": "01", "key": str(key),
             "cert_number": town.neighbour_person.cert_number}
    answers = {client.post("/family/links/new/", typed).url for _n in range(2)}
    assert len(answers) == 1 and Link.objects.count() == 1


def test_what_was_typed_wrong_stays_and_is_named(town):
    typed = {"person": town.stranger_person.pk, "relation": "spouse", "name": "何秀琴", "cert_type": "01"}
    answer = browser(town.stranger, "en").post("/family/links/new/", typed | {"cert_number": "439901198804121020"})
    assert answer.status_code == 422 and "439901198804121020" in answer.content.decode()


@pytest.mark.parametrize(("more", "lacking"), [
    ({"paper": None}, "proof_missing"), ({"name": "何无名"}, "nobody_fits"), ({"relation": "child"}, "ages_do_not_fit*")])
def test_each_rule_that_lacks_is_named(town, more, lacking):
    made = links.draft(town, at=JAN_5, **more)
    if lacking == "proof_missing":
        with pytest.raises(Refused) as no:
            send(made, by=town.stranger, at=JAN_5)
        assert codes(no) == [lacking]
        return
    made = send(made, by=town.stranger, at=JAN_5)
    with pytest.raises(Refused) as no:
        act(made.accept, by=town.clerk, at=JAN_5)
    assert lacking.rstrip("*") in codes(no) or lacking.endswith("*")
    assert act(again(made).refuse, by=town.clerk, at=JAN_5, reasons=["proves_nothing"], because="看不出关系").status == "refused"


def test_somebody_else_s_spouse_and_a_second_link_are_refused(town):
    made = links.agreed(town, at=JAN_5)
    other = make_person("孙六", serial=953)
    link(town.neighbour_person, other, "spouse")
    with pytest.raises(Refused) as no:
        act(made.accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["spouse_taken"]
    FamilyLink.objects.filter(relative=other).delete()
    link(town.neighbour_person, town.stranger_person, "spouse")
    with pytest.raises(Refused) as no:
        act(again(made).accept, by=town.clerk, at=JAN_5)
    assert codes(no) == ["linked_already"]


@pytest.mark.req("S2.17")
def test_nobody_tries_out_more_than_the_region_allows_in_a_day(town):
    for serial in range(5):
        links.asked(town, at=JAN_5, cert_number=certificate("439901", date(1980, 1, 1), 100 + serial), born_on=date(1980, 1, 1))
    sixth = links.draft(town, at=JAN_5)
    with pytest.raises(Refused) as no:
        send(sixth, by=town.stranger, at=JAN_5)
    assert codes(no) == ["too_many_asked"]
    assert send(again(sixth), by=town.stranger, at=JAN_5 + DAY).status == "asked"


@pytest.mark.req("S2.17")
def test_a_refusal_says_nothing_that_only_the_register_knows_of_the_other_side(town):
    nobody, somebody = links.asked(town, at=JAN_5, name="何无名"), links.asked(town, at=JAN_5, by=town.lan)
    link(town.neighbour_person, make_person("孙六", serial=953), "spouse")
    pages = []
    for made, by in ((nobody, town.stranger), (somebody, town.lan)):
        act(again(made).refuse, by=town.clerk, at=JAN_5, reasons=["not_reachable"], because="请一起到窗口。")
        pages.append(browser(by, "en").get(f"/cases/{made.number}/").content.decode())
    for page in pages:
        assert "We could not confirm the other person" in page
        assert not [word for word in ("Nobody insured here has", "another spouse", "1972-07-30", "One of the two has died") if word in page]
