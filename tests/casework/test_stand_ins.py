"""Standing in for a colleague: who arranges it, what the deputy sees and takes, what the trail says, and that it ends by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests import filings
from tests.casework.register import waiting
from tests.remote_care.walking import browser
from tests.town import JAN_5, JAN_6, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.casework import claims, stand_ins, worklist
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket, StandIn
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.oversight.rows import rows_of
from xinyijian.people.models import User

DAY = timedelta(days=1)


def named(town, *, at=JAN_5, days=5, by=None, absent=None, deputy=None, since=None):
    absent, deputy = absent or town.clerk, deputy or town.second_clerk
    since = since or day_of(at)
    return stand_ins.name(absent, deputy, since=since, until=since + (days - 1) * DAY, because="leave", by=by or absent, at=at)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def taken(town, at=JAN_5):
    """In the clerk's hands, and taken over by her deputy."""
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=at)
    claims.take(fresh(entry), by=town.second_clerk, at=at)
    return fresh(entry)


def codes(no):
    return {unmet.code for unmet in no.value.unmet}


def test_the_deputy_sees_and_takes_what_the_absent_one_has_in_hand(town):
    named(town)
    entry, other = waiting(town, JAN_6), waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    seen = worklist.page_of(town.second_clerk, JAN_5, view="standin").rows
    assert [row.number for row in seen] == [entry.number] and other.pk
    claims.take(fresh(entry), by=town.second_clerk, at=JAN_5)
    held = claims.holding(fresh(entry), JAN_5)
    assert (held.holder, held.absent) == (town.second_clerk, town.clerk)
    assert [row.number for row in worklist.page_of(town.second_clerk, JAN_5, view="mine").rows] == [entry.number]
    assert Event.objects.filter(verb="claim").order_by("pk").last().data == {"role": "clerk", "stands_in_for": town.clerk.pk}


def test_it_ends_by_itself_with_its_last_day(town):
    named(town, days=1)
    entry = taken(town)
    midnight = JAN_6.replace(hour=0)
    assert claims.holding(entry, midnight - timedelta(seconds=1)).holder == town.second_clerk
    assert claims.holding(entry, midnight).holder == town.clerk
    assert worklist.page_of(town.second_clerk, midnight, view="mine").rows == []
    with pytest.raises(Refused) as no:
        claims.take(entry, by=town.second_clerk, at=midnight)
    assert codes(no) == {"claimed"}


def test_nobody_else_takes_it_and_whoever_is_back_takes_it_back(town):
    named(town)
    third = make_user("third", is_staff=True)
    make_post(third, town.bureau, "clerk")
    entry = taken(town)
    with pytest.raises(Refused):
        claims.take(entry, by=third, at=JAN_5)
    claims.take(entry, by=town.clerk, at=JAN_5)
    assert claims.holding(fresh(entry), JAN_5).holder == town.clerk
    claims.take(fresh(entry), by=town.second_clerk, at=JAN_5)
    claims.release(fresh(entry), by=town.second_clerk, at=JAN_5)  # put back: into the hands of the one who is away
    assert claims.holding(fresh(entry), JAN_5).holder == town.clerk


def test_what_the_deputy_does_on_it_says_for_whom_and_nothing_else_does(town):
    named(town)
    filing, own = filings.submitted(town, at=JAN_5), filings.submitted(town, at=JAN_5, place_id="440300")
    claims.take(filing.docket, by=town.clerk, at=JAN_5)
    claims.take(fresh(filing.docket), by=town.second_clerk, at=JAN_5)
    for case in (filing, own):
        act(fresh(case).return_to_applicant, by=town.second_clerk, at=JAN_5, redo=[], because="faint")
    events = Event.objects.filter(verb="return_to_applicant").order_by("pk")
    told = dict(events.values_list("object_id", "data"))
    assert told[filing.pk]["stands_in_for"] == town.clerk.pk and "stands_in_for" not in told[own.pk]
    assert [row["absent"] for row in rows_of(list(events))] == ["clerk", ""]  # so the auditor reads it


def test_it_widens_no_role_and_no_region(town):
    """The officer who is also a clerk is away: her clerk's stand-in gets nothing that waits for officers."""
    make_post(town.officer, town.bureau, "clerk")
    named(town, absent=town.officer)
    entry, elsewhere = waiting(town, JAN_6, role="officer"), waiting(town, JAN_6, region="439902")
    claims.take(entry, by=town.officer, at=JAN_5)
    assert worklist.page_of(town.second_clerk, JAN_5, view="standin").rows == []
    for docket in (entry, elsewhere):
        with pytest.raises(Refused) as no:
            claims.take(fresh(docket), by=town.second_clerk, at=JAN_5)
        assert codes(no) == {"not_waiting"}


def test_who_made_a_case_does_not_decide_it_in_anybodys_place(town):
    named(town)
    filing = filings.submitted(town, at=JAN_5, by=town.second_clerk)
    claims.take(filing.docket, by=town.clerk, at=JAN_5)
    claims.take(fresh(filing.docket), by=town.second_clerk, at=JAN_5)
    with pytest.raises(Refused) as no:
        act(fresh(filing).accept, by=town.second_clerk, at=JAN_5)
    assert "four_eyes" in codes(no)


def test_a_head_arranges_it_for_somebody_ill_and_nobody_else_does(town):
    one = named(town, by=town.officer)
    assert (one.set_by, one.absent) == (town.officer, town.clerk)
    event = Event.objects.get(verb="stand_in")
    assert (event.by_id, event.data["stands_in_for"], event.data["deputy"]) == (town.officer.pk, town.clerk.pk, town.second_clerk.pk)
    for other in (town.elsewhere, town.second_clerk, town.counter):
        with pytest.raises(PermissionDenied):
            named(town, by=other, since=day_of(JAN_5) + 30 * DAY)


def test_all_that_stands_in_the_way_is_told_at_once(town):
    named(town)
    with pytest.raises(Refused) as no:
        named(town, deputy=town.officer, days=200)
    assert codes(no) == {"too_long", "not_colleague", "twice"}
    with pytest.raises(Refused) as no:
        named(town, since=day_of(JAN_5) - DAY, days=0)
    assert codes(no) == {"past", "backwards"}
    with pytest.raises(IntegrityError), transaction.atomic():
        day = {"since": JAN_6.date(), "until": JAN_6.date()}
        StandIn.objects.create(absent=town.clerk, deputy=town.officer, set_by=town.clerk, set_at=JAN_5, **day)


def test_it_is_ended_early_by_either_of_them_or_the_head(town):
    for by in (town.clerk, town.second_clerk, town.officer):
        one = named(town)
        with pytest.raises(PermissionDenied):
            stand_ins.end(one, by=town.elsewhere, at=JAN_5)
        stand_ins.end(one, by=by, at=JAN_5)
        assert stand_ins.of(fresh(town.second_clerk), JAN_5) == ()
    assert Event.objects.filter(verb="end_stand_in").count() == 3


def test_both_read_it_above_their_worklists_and_a_clerk_names_and_ends_it(town):
    clerk, now = browser(town.clerk, "en"), business_now()
    sent = {"deputy": town.second_clerk.pk, "since": f"{day_of(now)}", "until": f"{day_of(now) + DAY}", "because": "leave"}
    assert clerk.post("/desk/stand-in/", sent | {"until": "soon"}).status_code == 422
    assert clerk.post("/desk/stand-in/", sent).url == "/desk/stand-in/"
    assert "second_clerk stands in for you until" in clerk.get("/desk/").content.decode()
    deputy = browser(town.second_clerk, "en")
    assert "You stand in for clerk until" in deputy.get("/desk/").content.decode()
    entry = waiting(town, now)
    claims.take(entry, by=User.objects.get(pk=town.clerk.pk), at=now)
    assert entry.number in deputy.get("/desk/?view=standin").content.decode()
    deputy.post("/desk/claims/", {"deed": "take", "number": entry.number})
    assert "for clerk" in deputy.get("/desk/").content.decode()
    one = StandIn.objects.get()
    assert browser(town.elsewhere).post("/desk/stand-in/", {"end": one.pk}).status_code == 404
    deputy.post("/desk/stand-in/", {"end": one.pk})
    assert "stand in for clerk" not in deputy.get("/desk/").content.decode() and Docket.objects.filter(pk=entry.pk).exists()


def test_only_a_head_reaches_another_ones_absence(town):
    address, actors = f"/desk/stand-in/?for={town.clerk.pk}", ("clerk", "officer", "second_clerk", "elsewhere", "auditor")
    found = {who: browser(getattr(town, who)).get(address).status_code for who in actors}
    assert found == {"clerk": 200, "officer": 200, "second_clerk": 404, "elsewhere": 404, "auditor": 404}
