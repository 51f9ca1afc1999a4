"""S3.9: who may file online for somebody else, by the region's rule."""
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remote_care import policy
from remote_care.models import Filing
from remote_care.services import may_file_for, open_filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_1, JAN_5, YEAR_END, grant, link, make_person, make_user
from xinyijian.casework.rules import Refused, answers
from xinyijian.casework.workflow import act
from xinyijian.people.models import MutualAid

DAY = timedelta(days=1)


def bind(holder, member, town, **more):
    both = {"holder_agreed_at": JAN_1, "member_agreed_at": JAN_1, "since": JAN_1.date(), "source": "paper", "recorded_by": town.counter}
    return MutualAid.objects.create(**{"holder": holder, "member": member} | both | more)


@pytest.fixture
def son(town, law):
    """He is authorised by the Jiangsu person, and not bound with her."""
    town.son = make_user("son", make_person("沈建平", region="329901", serial=905))
    grant(town.jiangsu_person, town.son.person)
    return town.son


def said(filing, at=JAN_5):
    facts = Filing.facts_for([filing], at)[filing.pk]
    return next(a for rule, a in answers(policy.ALL, facts, filing.params()) if rule is policy.agent_may_file)


@pytest.mark.req("S3.9")
def test_in_jiangsu_a_grant_alone_is_not_enough(town, son):
    filing = filings.draft(town, person=town.jiangsu_person, by=son, at=JAN_5, papers=filings.FULL)
    with pytest.raises(Refused) as no:
        act(filing.submit, by=son, at=JAN_5)
    assert "not_in_the_group" in [unmet.code for unmet in no.value.unmet]
    assert not may_file_for(town.jiangsu_person, by=son, at=JAN_5).ok


@pytest.mark.req("S3.26")
def test_on_the_national_entry_leave_to_act_is_enough(town, son):
    assert may_file_for(town.jiangsu_person, "national_app", by=son, at=JAN_5).ok


@pytest.mark.req("S3.9")
@pytest.mark.parametrize("turned", [False, True])
def test_in_jiangsu_members_of_one_group_file_for_each_other_whoever_holds_it(town, son, turned):
    pair = (son.person, town.jiangsu_person)
    bind(*(reversed(pair) if turned else pair), town)
    filing = filings.draft(town, person=town.jiangsu_person, by=son, at=JAN_5, papers=filings.FULL)
    assert act(filing.submit, by=son, at=JAN_5).status == "submitted"


@pytest.mark.parametrize("lacking", [{"until": (JAN_5 - DAY).date()}, {"since": (JAN_5 + DAY).date(), "until": YEAR_END},
                                     {"member_agreed_at": None}, {"holder_agreed_at": None}])
def test_a_membership_that_is_over_or_not_yet_or_agreed_by_one_binds_nobody(town, son, lacking):
    bind(son.person, town.jiangsu_person, town, **lacking)
    assert not may_file_for(town.jiangsu_person, by=son, at=JAN_5).ok


def test_it_binds_on_its_first_and_on_its_last_day(town, son):
    bind(son.person, town.jiangsu_person, town, since=JAN_5.date(), until=JAN_5.date())
    assert may_file_for(town.jiangsu_person, by=son, at=JAN_5).ok
    assert not may_file_for(town.jiangsu_person, by=son, at=JAN_5 + DAY).ok


def test_kinship_binds_no_group(town, son):
    link(town.jiangsu_person, son.person, "child")
    assert not may_file_for(town.jiangsu_person, by=son, at=JAN_5).ok


def test_a_guardian_stands_for_her_minor_and_herself_needs_nobody(town, son):
    minor = make_person("沈小", region="329901", born_on=(JAN_5 - 3000 * DAY).date(), serial=906)
    link(son.person, minor, "child")
    assert may_file_for(minor, by=son, at=JAN_5).ok
    assert may_file_for(son.person, by=son, at=JAN_5).ok
    assert said(open_filing(minor, by=son, at=JAN_5)).ok


@pytest.mark.req("S3.9", "S2.16")
def test_in_hunan_a_grant_is_enough(town, law):
    filing = filings.draft(town, at=JAN_5)
    assert filing.agent == town.lan_person and said(filing).ok


def test_at_the_counter_nobody_asks_for_a_group(town, law):
    filing = open_filing(town.jiangsu_person, by=town.jiangsu_clerk, at=JAN_5)
    assert said(filing).ok


@pytest.mark.req("S3.9")
def test_the_start_page_says_how_to_bind_before_anything_is_typed(town, son):
    page = browser(son, "en").post("/remote-care/filings/new/", {"person": town.jiangsu_person.pk})
    assert page.status_code == 409 and "mutual-aid" in page.content.decode()
    assert not Filing.objects.exists()


def test_the_facts_cost_the_same_for_one_relative_and_for_three(town, son, django_assert_num_queries):
    made = [open_filing(town.jiangsu_person, by=son, at=JAN_5) for _n in range(3)]
    with CaptureQueriesContext(connection) as one:
        Filing.facts_for(made[:1], JAN_5)
    with django_assert_num_queries(len(one)):
        Filing.facts_for(made, JAN_5)
