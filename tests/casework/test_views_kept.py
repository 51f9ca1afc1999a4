"""Filters of the worklist, and views kept under a name: what they show, whose they are, how they are counted."""

import re
from datetime import timedelta

import pytest

from tests.casework.register import waiting
from tests.remote_care.walking import browser
from tests.town import JAN_1, JAN_5, JAN_6
from xinyijian.casework import saved_views, worklist
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Claim, Deficiency, SavedView
from xinyijian.casework.rules import Refused
from xinyijian.casework.worklist_filter import Filter

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(user, at=JAN_5, **wish):
    return [row.number for row in worklist.page_of(user, at, wish=Filter(**wish)).rows]


def keep(user, name="Returned", *, at=JAN_5, pinned=True, shared=False, **wish):
    return saved_views.keep(user, name, Filter(**wish or {"status": "submitted"}), pinned=pinned, shared=shared, at=at)


def codes(no):
    return {unmet.code for unmet in no.value.unmet}


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        ({"kind": "deferred_pay.Bill"}, "bill"),
        ({"status": "in_force"}, "gap"),
        ({"due": "overdue"}, "late"),
        ({"due": "week"}, "bill held"),
        ({"town": "439901"}, "late bill held gap"),
        ({"town": "439902"}, ""),
        ({"gap": "owed"}, "gap"),
        ({"gap": "given"}, ""),
        ({"held": "nobody"}, "late bill gap"),
        ({"held": "others"}, "held"),
        ({"held": "mine"}, ""),
        ({"held": "others", "due": "overdue"}, ""),
    ],
)
def test_each_question_narrows_the_list_and_several_narrow_it_further(town, wish, kept):
    entries = {
        "late": waiting(town, JAN_5 - DAY),
        "bill": waiting(town, JAN_6, kind="deferred_pay.Bill"),
        "held": waiting(town, JAN_6 + HOUR),
        "gap": waiting(town, JAN_6 + 30 * DAY, status="in_force"),
    }
    Claim.objects.create(docket=entries["held"], role="clerk", holder=town.second_clerk, since=JAN_5)
    Deficiency.objects.create(docket=entries["gap"], code="residence_proof", since=JAN_1)
    found = [name for name, entry in entries.items() if entry.number in shown(town.clerk, **wish)]
    assert " ".join(found) == kept
    assert worklist.matching(town.clerk, JAN_5, [Filter(**wish)]) == [len(found)]
    if wish == {"held": "others"}:
        assert shown(town.second_clerk, held="mine", kind="remote_care.Filing") == [entries["held"].number]


def test_a_filtered_list_goes_on_where_its_page_ended(town):
    numbers = [waiting(town, JAN_6 + n * HOUR, status="submitted" if n % 2 else "returned").number for n in range(8)]
    first = worklist.page_of(town.clerk, JAN_5, wish=Filter(status="submitted"), size=3)
    later = worklist.page_of(town.clerk, JAN_5, wish=Filter(status="submitted"), size=3, after=first.next)
    assert [row.number for row in (*first.rows, *later.rows)] == numbers[1::2]


def test_all_kept_views_are_counted_in_one_query(town, django_assert_num_queries):
    waiting(town, JAN_6)
    worklist.counts_of(town.clerk, JAN_5)
    with django_assert_num_queries(1):
        assert worklist.matching(town.clerk, JAN_5, [Filter(due="today"), Filter(status="submitted"), Filter(gap="any")]) == [0, 1, 0]


def test_a_view_is_its_owners_and_shared_with_her_office_by_whom_may(town):
    own, shared = keep(town.clerk), keep(town.officer, "For all", shared=True)
    assert [view.pk for view in saved_views.of(town.clerk, JAN_5)] == [shared.pk, own.pk]
    assert [view.pk for view in saved_views.of(town.second_clerk, JAN_5)] == [shared.pk]
    assert saved_views.of(town.elsewhere, JAN_5) == []
    with pytest.raises(Refused) as no:
        keep(town.clerk, "Mine for all", shared=True)
    assert codes(no) == {"not_shared"}


def test_all_that_stands_in_the_way_of_a_view_is_told_at_once(town):
    for n in range(saved_views.PINNED):
        keep(town.clerk, f"View {n}")
    with pytest.raises(Refused) as no:
        saved_views.keep(town.clerk, "19900000001", Filter(), pinned=True, shared=True, at=JAN_5)
    assert codes(no) == {"personal", "empty", "not_shared", "pins"}
    for name, code in (("View 0", "taken"), (" ", "nameless"), ("a\0b", "nameless")):
        with pytest.raises(Refused) as no:
            keep(town.clerk, name, pinned=False)
        assert codes(no) == {code}


def test_a_clerk_narrows_keeps_renames_and_deletes_a_view(town):
    entry, now, clerk = waiting(town, (at := business_now()) - HOUR), at, browser(town.clerk, "en")
    other = waiting(town, now + 40 * DAY)
    html = clerk.get("/desk/", {"due": "overdue", "held": "nobody"}).content.decode()
    assert entry.number in html and other.number not in html and "Keep the view" in html
    answer = clerk.post("/desk/views/", {"deed": "keep", "name": "Late and free", "due": "overdue", "held": "nobody", "pinned": "on"})
    kept = SavedView.objects.get()
    assert (answer.url, kept.wish, kept.pinned) == (f"/desk/?saved={kept.pk}", {"due": "overdue", "held": "nobody"}, True)
    html = clerk.get(answer.url).content.decode()
    assert re.search(r'aria-current="page">Late and free<span class="count">1<', html) and other.number not in html
    clerk.post("/desk/views/", {"deed": "change", "view": kept.pk, "name": "Late"})
    kept.refresh_from_db()
    assert (kept.name, kept.pinned) == ("Late", False) and "Late" in clerk.get("/desk/views/").content.decode()
    assert browser(town.second_clerk).post("/desk/views/", {"deed": "delete", "view": kept.pk}).status_code == 404
    assert browser(town.second_clerk).get(f"/desk/?saved={kept.pk}").status_code == 404
    clerk.post("/desk/views/", {"deed": "delete", "view": kept.pk})
    assert not SavedView.objects.exists()


def test_a_view_that_was_deleted_in_another_tab_does_not_come_back(town):
    kept = keep(town.clerk)
    SavedView.objects.filter(pk=kept.pk).delete()
    saved_views.change(kept, name="Again", pinned=True, shared=False, at=JAN_5)
    assert not SavedView.objects.exists()


def test_a_refused_view_keeps_what_was_typed(town):
    kept = keep(town.clerk, "One", at=business_now())
    keep(town.clerk, "Two", at=business_now())
    answer = browser(town.clerk, "en").post("/desk/views/", {"deed": "change", "view": kept.pk, "name": "Two"})
    html = answer.content.decode()
    assert answer.status_code == 409 and "You have a view of this name" in html and 'value="Two"' in html


@pytest.mark.parametrize("query", ["due=nonsense", "what=nonsense", "town=110000", "gap=1", "held=you", "saved=1", "saved=x"])
def test_a_filter_that_nobody_was_offered_does_not_exist(town, query):
    assert browser(town.clerk).get(f"/desk/?{query}").status_code == 404
