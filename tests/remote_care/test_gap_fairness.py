"""容缺 at its edges: what waits at the bureau is not held against her, and a paper that will not do mends no broken promise."""
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from remote_care.models import Filing
from remote_care.summary import _when
from tests import filings
from tests.town import JAN_5, SHANGHAI
from xinyijian.care.models import Coverage
from xinyijian.casework import breaches, clock
from xinyijian.casework.days import day_of
from xinyijian.casework.letters.standing import standing_of
from xinyijian.casework.models import Deficiency, Docket
from xinyijian.casework.proofs import prove
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.policies.models import Value

DAY = timedelta(days=1)
PROOF = "residence_proof"


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


@pytest.fixture
def overdue(town):
    """An officer is to decide."""
    Value.objects.filter(name="gap_overdue_effect").update(content="officer")
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(filing.gap_told)
    return fresh(filing)


def test_while_a_late_document_waits_to_be_checked_nothing_lapses(town, overdue):
    at = overdue.gap_told + DAY
    given = filings.with_paper(overdue, PROOF, by=town.lan, at=at)
    docket = Docket.objects.get(pk=overdue.docket_id)
    assert (docket.queue_role, docket.due_name) == ("clerk", "verify")
    for deed, inputs in ((given.lapse, {}), (fresh(overdue).extend_gap, {"because": "x"})):
        with pytest.raises(Refused) as no:
            act(deed, by=town.officer, at=at, **inputs)
        assert [unmet.code for unmet in no.value.unmet] == ["gap_not_overdue"]
    act(fresh(overdue).reject_gap, by=town.clerk, at=at, code=PROOF, because="x")
    assert Docket.objects.get(pk=overdue.docket_id).due_name == "decide_overdue"
    assert act(fresh(overdue).lapse, by=town.officer, at=at).status == "lapsed"
    assert prove(at, without=("nothing_waits_for_days",)) == []


def test_a_paper_that_will_not_do_mends_no_broken_promise(town, overdue):
    at = overdue.gap_told + DAY
    given = filings.with_paper(overdue, PROOF, by=town.lan, at=at)
    act(given.reject_gap, by=town.clerk, at=at, code=PROOF, because="x")
    assert Deficiency.objects.get(docket=overdue.docket).state == "overdue"
    assert breaches.standing_against([overdue.person_id], day_of(at)) == {overdue.person_id}


def test_a_lapse_that_comes_late_never_lengthens_what_was_filed(town):
    Value.objects.filter(name="gap_overdue_effect").update(content="end")
    last = day_of(JAN_5) + timedelta(days=60)
    filing = filings.in_force(town, at=JAN_5, end_on=last)
    assert day_of(filing.gap_told) < last
    clock.tick(JAN_5 + 100 * DAY)
    assert (fresh(filing).status, Coverage.objects.get(case_number=filing.number).ends_on) == ("lapsed", last)


def test_what_was_cancelled_before_it_began_never_counted(town):
    Value.objects.filter(name="cancel_wait_months").update(content=0)
    filing = filings.in_force(town, at=JAN_5, start_on=day_of(JAN_5) + timedelta(days=5), papers=filings.FULL)
    act(filing.cancel, by=town.lan, at=JAN_5 + DAY, because="")
    with override("en"):
        found = standing_of(fresh(filing), at=JAN_5 + DAY)
    assert (found["verdict"], found["counts"]) == ("This case is closed.", False)


def test_why_a_term_rested_is_said_in_the_readers_language(town):
    filing = filings.in_force(town, at=JAN_5)
    given = filings.with_paper(filing, PROOF, by=town.lan, at=filing.gap_told - DAY)
    back = act(given.reject_gap, by=town.clerk, at=filing.gap_told + DAY, code=PROOF, because="x")
    with override("zh-hans"):
        words = " ".join(back.gap_term(back.params()).words())
    assert "looked at" not in words
    with override("en"):
        assert "looked at by the bureau" in " ".join(back.gap_term(back.params()).words())


def test_the_day_of_a_signature_is_the_day_in_shanghai():
    at = datetime(2026, 1, 5, 7, 30, tzinfo=SHANGHAI)  # still 4 January in UTC
    with override("en"):
        assert "5 Jan 2026" in _when(at.astimezone(UTC))
