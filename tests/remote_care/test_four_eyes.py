"""Whoever had a hand in a filing does not decide it: opened, sent, handed in, or simply hers."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, make_post, make_user
from xinyijian.casework import clock
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.policies.models import Value

DAY = timedelta(days=1)
PROOF = "residence_proof"


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def refused(method, **inputs):
    with pytest.raises(Refused) as no:
        act(method, at=JAN_5 + DAY, **inputs)
    return [unmet.code for unmet in no.value.unmet]


def test_a_clerk_who_sends_a_persons_draft_cannot_accept_or_refuse_it(town):
    for user in (town.clerk, town.root):
        filing = filings.draft(town, at=JAN_5, papers=filings.FULL, channel="counter")
        sent = act(filing.submit, by=user, at=JAN_5)
        assert refused(sent.accept, by=user) == refused(fresh(filing).refuse, by=user, reasons=[], because="x") == ["four_eyes"]
        with pytest.raises(IntegrityError, match="filing_sent_by_another"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE remote_care_filing SET decided_by_id = %s WHERE id = %s", [user.pk, filing.pk])
        act(fresh(filing).withdraw, by=town.lan, at=JAN_5)


def test_her_own_filing_or_her_mothers_is_not_hers_to_decide_under_another_user(town):
    post = make_user("lan_at_work", town.lan_person, is_staff=True)
    make_post(post, town.bureau, "clerk")
    for person in (town.lan_person, town.mother_person):
        filing = filings.submitted(town, at=JAN_5, person=person, papers=filings.FULL)
        assert refused(filing.accept, by=post) == ["four_eyes"]
    assert act(fresh(filing).accept, by=town.clerk, at=JAN_5 + DAY).status == "accepted"


def test_whoever_hands_in_a_promised_paper_does_not_verify_it(town):
    filing = filings.in_force(town, at=JAN_5)
    given = filings.with_paper(filing, PROOF, by=town.second_clerk, at=JAN_5 + DAY)
    assert refused(given.verify_gap, by=town.second_clerk, code=PROOF) == ["four_eyes"]
    assert act(fresh(filing).verify_gap, by=town.clerk, at=JAN_5 + DAY, code=PROOF).gaps == []


def test_whoever_opened_it_neither_verifies_nor_gives_more_time(town):
    Value.objects.filter(name="gap_overdue_effect").update(content="officer")
    filing = filings.in_force(town, at=JAN_5, by=town.officer)
    given = filings.with_paper(filing, PROOF, by=town.counter, at=JAN_5 + DAY)
    assert refused(given.verify_gap, by=town.officer, code=PROOF) == ["four_eyes"]
    act(fresh(filing).reject_gap, by=town.officer, at=JAN_5 + DAY, code=PROOF, because="x")
    late = JAN_5 + 90 * DAY
    clock.tick(late)
    with pytest.raises(Refused):
        act(fresh(filing).extend_gap, by=town.officer, at=late, because="x")
    assert act(fresh(filing).extend_gap, by=town.second_officer, at=late, because="x").gap_overdue_at is None
