"""A stored decision is asked again and must answer the same."""
from datetime import timedelta

import pytest

from tests import filings
from tests.town import JAN_5
from xinyijian.casework.decisions import asked_again, facts_of, still_holds
from xinyijian.casework.models import Decision
from xinyijian.policies import forget
from xinyijian.policies.models import Value


@pytest.fixture
def decision(town) -> Decision:
    return filings.accepted(town, at=JAN_5).docket.decisions.get()


def test_asked_again_it_answers_the_same_whatever_the_policy_has_become(decision):
    Value.objects.filter(name="max_cities").update(content=1)
    Value.objects.filter(name="gap_for_beneficiaries_only").update(content=False)
    forget()
    assert still_holds(decision)
    assert [code for _rule, code in decision.answers] == ["" for _answer in asked_again(decision)]


def test_the_facts_come_back_in_their_own_types(decision, town):
    facts = facts_of(decision)
    assert (facts.asked_on, facts.resident_since) == (JAN_5.date(), filings.ANSWERS["resident_since"])
    assert facts.documents == ("identity_card",) and facts.beneficiary is True


def test_other_facts_give_other_answers(decision):
    decision.facts["notice_read"] = False
    assert not still_holds(decision)


def test_a_fact_that_came_later_does_not_make_old_decisions_unreadable(decision):
    del decision.facts["channel"]
    assert facts_of(decision).channel == "portal" and still_holds(decision)


def test_a_fact_without_which_nothing_was_decided_is_missed(decision):
    del decision.facts["breaches"]
    with pytest.raises(TypeError):
        facts_of(decision)


def test_nothing_is_decided_later_than_it_happened(decision):
    assert decision.at == JAN_5 + timedelta(minutes=1) == decision.event.at
