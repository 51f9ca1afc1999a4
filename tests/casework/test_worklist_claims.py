"""Taking a case in hand, putting it back, handing it over: also when two do it at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.casework.register import waiting
from tests.town import JAN_5, JAN_6, build
from xinyijian.audit.models import Event
from xinyijian.casework import claims
from xinyijian.casework.models import Claim, Docket
from xinyijian.casework.rules import Refused


def codes(no):
    return [unmet.code for unmet in no.value.unmet]


def fresh(docket):
    return Docket.objects.get(pk=docket.pk)


def test_what_is_in_hand_says_so_and_leaves_an_event(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    held = claims.holding(fresh(entry), JAN_6)
    assert (held.holder, held.role, held.since) == (town.clerk, "clerk", JAN_5)
    event = Event.objects.get(kind="casework.Docket", verb="claim")
    assert (event.object_id, event.by_id, event.person_id, event.data) == (entry.pk, town.clerk.pk, entry.person_id, {"role": "clerk"})


def test_taking_it_twice_is_no_mistake(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    claims.take(entry, by=town.clerk, at=JAN_6)
    assert Claim.objects.get().since == JAN_5
    assert Event.objects.filter(verb="claim").count() == 1


def test_the_second_reads_who_has_it_and_since_when(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    with pytest.raises(Refused) as no:
        claims.take(entry, by=town.second_clerk, at=JAN_6)
    assert codes(no) == ["claimed"]
    assert "clerk" in no.value.unmet[0].text and "2026-01-05 09:00" in no.value.unmet[0].text


@pytest.mark.parametrize("who", ["officer", "elsewhere", "hospital_a", "auditor", "lan"])
def test_nobody_takes_what_is_not_in_her_queue(town, who):
    with pytest.raises(Refused) as no:
        claims.take(waiting(town, JAN_6), by=getattr(town, who), at=JAN_5)
    assert codes(no) == ["not_waiting"]


def test_a_claim_counts_only_in_the_turn_for_which_it_was_made(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    Docket.objects.filter(pk=entry.pk).update(queue_role="officer")
    assert claims.holding(fresh(entry), JAN_6) is None
    claims.take(fresh(entry), by=town.officer, at=JAN_6)
    assert claims.holding(fresh(entry), JAN_6).holder == town.officer


def test_a_closed_case_is_held_by_nobody(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    Docket.objects.filter(pk=entry.pk).update(closed_at=JAN_6)
    assert claims.holding(fresh(entry), JAN_6) is None
    with pytest.raises(Refused):
        claims.take(fresh(entry), by=town.clerk, at=JAN_6)


def test_its_holder_puts_it_back_and_a_colleague_does_not(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    with pytest.raises(Refused) as no:
        claims.release(entry, by=town.second_clerk, at=JAN_6)
    assert codes(no) == ["not_holder"]
    claims.release(entry, by=town.clerk, at=JAN_6)
    claims.release(entry, by=town.clerk, at=JAN_6)
    assert not Claim.objects.exists()
    assert list(Event.objects.filter(kind="casework.Docket").order_by("pk").values_list("verb", flat=True)) == ["claim", "release"]


def test_it_is_handed_to_a_colleague_of_the_same_queue_only(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    assert claims.colleagues(entry, JAN_5) == [town.clerk, town.second_clerk]
    for other in (town.elsewhere, town.officer, town.lan):
        with pytest.raises(Refused) as no:
            claims.hand_over(entry, other, by=town.clerk, at=JAN_6)
        assert codes(no) == ["not_colleague"]
    claims.hand_over(entry, town.second_clerk, by=town.clerk, at=JAN_6)
    held = claims.holding(fresh(entry), JAN_6)
    assert (held.holder, held.since) == (town.second_clerk, JAN_6)
    assert Event.objects.get(verb="hand_over").data["to"] == town.second_clerk.pk


def test_an_officer_hands_over_for_a_colleague_who_is_ill(town):
    entry = waiting(town, JAN_6)
    claims.take(entry, by=town.clerk, at=JAN_5)
    with pytest.raises(Refused):
        claims.hand_over(entry, town.second_clerk, by=town.second_clerk, at=JAN_6)
    assert claims.may_give(fresh(entry), town.officer, JAN_6)
    claims.hand_over(entry, town.second_clerk, by=town.officer, at=JAN_6)
    assert claims.holding(fresh(entry), JAN_6).holder == town.second_clerk


def test_a_colleague_who_has_left_is_not_on_the_list(town):
    town.second_clerk.posts.update(until=JAN_5.date())
    entry = waiting(town, JAN_6)
    assert claims.colleagues(entry, JAN_5 + timedelta(hours=1)) == [town.clerk, town.second_clerk]
    assert claims.colleagues(entry, JAN_6) == [town.clerk]


@pytest.mark.pg15
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_one_has_it():
    town = build()
    entries, tallies = [waiting(town, JAN_6) for _n in range(20)], []
    barrier = Barrier(2)

    def work(clerk, tally):
        for entry in entries:
            barrier.wait()
            try:
                claims.take(entry, by=clerk, at=JAN_5)
                tally.append((entry.pk, "taken"))
            except Refused as no:
                tally.append((entry.pk, no.unmet[0].code))
        connection.close()

    threads = []
    for clerk in (town.clerk, town.second_clerk):
        tallies.append([])
        threads.append(Thread(target=work, args=(clerk, tallies[-1])))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for entry in entries:
        assert sorted(word for tally in tallies for pk, word in tally if pk == entry.pk) == ["claimed", "taken"]
    assert Claim.objects.count() == Event.objects.filter(verb="claim").count() == 20
