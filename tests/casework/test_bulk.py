"""One step on many cases: what is offered, what is told of each, and that nothing happens twice, unseen or beyond the ceiling."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, JAN_6, make_person
from xinyijian.audit.models import Event
from xinyijian.casework import bulk, case_page
from xinyijian.casework.business_time import business_now
from xinyijian.casework.clerk_forms import BecauseForm
from xinyijian.casework.forms import StepForm, form_for
from xinyijian.casework.models import BulkAct
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.rules import Refused
from xinyijian.casework.steps import steps_of
from xinyijian.casework.workflow import act

ACCEPT = "remote_care.Filing:accept"
HOUR = timedelta(hours=1)


def sent(town, serial, *, at=JAN_5, by=None, **more):
    more = {"papers": filings.FULL} | more
    return filings.submitted(town, at=at, person=make_person(serial=serial), by=by or town.counter, **more)


def looked(cases, by, at=JAN_5):
    for case in cases:
        case_page.note_reading(Filing.objects.select_related("docket").get(pk=case.pk), by=by, at=at, where="page")
    return cases


def press(town, cases, *, by=None, key=None, seen=None, name=ACCEPT, at=JAN_6, **inputs):
    seen = bulk.newest(cases) if seen is None else seen
    return bulk.press(name, [case.number for case in cases], key=key or uuid.uuid4(), seen=seen, by=by or town.clerk, at=at, inputs=inputs)


def outcomes(run):
    return [row[1] for row in run.rows]


def test_each_row_says_what_became_of_it_and_the_rest_is_done(town):
    good, own = sent(town, 701), sent(town, 702, by=town.clerk)
    unlike, moved, gone = sent(town, 703), sent(town, 704), sent(town, 705)
    cases = looked([good, own, unlike, moved, gone], town.clerk)
    Filing.objects.filter(pk=unlike.pk).update(notice_read_at=None, remote_address="")
    seen = bulk.newest(cases)
    act(Filing.objects.get(pk=moved.pk).return_to_applicant, by=town.second_clerk, at=JAN_5 + HOUR, redo=[], because="faint")
    run = press(town, cases, seen=seen)
    assert outcomes(run) == ["done", "refused", "refused", "changed", "done"]
    assert len(run.rows[2][2]) >= 2  # all reasons, not the first
    assert "second_clerk" in run.rows[3][2][0][0] and "2026-01-05 10:00" in run.rows[3][2][0][0]
    assert {case.status for case in Filing.objects.filter(pk__in=[good.pk, gone.pk])} == {"accepted"}
    assert Event.objects.get(verb="bulk").data == {"step": ACCEPT, "done": 2, "refused": 2, "changed": 1, "missing": 0}


def test_what_is_out_of_reach_is_not_found_and_not_told(town):
    case = looked([sent(town, 701)], town.elsewhere)[0]
    run = press(town, [case], by=town.elsewhere)
    assert outcomes(run) == ["missing"] and Filing.objects.get(pk=case.pk).status == "submitted"


def test_the_same_form_twice_is_one_deed(town):
    cases, key = looked([sent(town, 701), sent(town, 702)], town.clerk), uuid.uuid4()
    first, events = press(town, cases, key=key), Event.objects.count()
    again = press(town, cases, key=key)
    assert (again.pk, again.rows, Event.objects.count()) == (first.pk, first.rows, events) and BulkAct.objects.count() == 1
    with pytest.raises(Http404):
        press(town, cases, key=key, by=town.officer)


def test_a_decision_is_taken_only_on_cases_that_she_has_opened_since_they_moved(town):
    opened, never, before = sent(town, 701), sent(town, 702), sent(town, 703)
    looked([opened, before], town.clerk)
    looked([never], town.second_clerk)
    act(before.return_to_applicant, by=town.second_clerk, at=JAN_5, redo=[], because="faint")
    act(Filing.objects.get(pk=before.pk).submit, by=town.counter, at=JAN_5)
    rows = bulk.preview([opened, never, Filing.objects.get(pk=before.pk)], bulk.step_of(ACCEPT)[1], by=town.clerk, at=JAN_6)
    assert [[one.code for one in row.unmet] for row in rows] == [[], ["not_looked_at"], ["not_looked_at"]]
    assert outcomes(press(town, [opened, never, before])) == ["done", "refused", "refused"]


def test_no_more_at_once_than_the_policy_says_and_no_step_that_is_not_for_many(town):
    case = sent(town, 701)
    with pytest.raises(Refused) as no:
        bulk.press(ACCEPT, [f"RC{n}" for n in range(51)], key=uuid.uuid4(), seen=0, by=town.clerk, at=JAN_6, inputs={})
    assert no.value.unmet[0].code == "too_many"
    for name in ("remote_care.Filing:refuse", "remote_care.Filing:nonsense", "people.Person:accept"):
        with pytest.raises(Http404):
            press(town, [case], name=name)


def test_when_the_database_refuses_one_row_the_others_are_done(town):
    """Rules were met, and yet a law of the database stands against one of the batch: then each goes by itself."""
    more = {"by": town.counter, "papers": filings.FULL}
    cases = [filings.accepted(town, at=JAN_5, person=make_person(serial=serial), **more) for serial in (701, 702)]
    first, second = sorted(case.pk for case in cases)
    step = steps_of(Filing)["put_in_force"]  # one number for both, which only the table forbids
    done, refused = bulk._act(Filing, step, [first, second], town.officer, JAN_6, {"number": "N-1"})
    assert (done, refused) == ([first], {second: [bulk.COLLIDES]})


def test_many_cost_the_queries_of_few(town, django_assert_max_num_queries):
    counted = []
    for serials in (range(700, 703), range(710, 722)):
        cases = looked([sent(town, serial) for serial in serials], town.clerk)
        press(town, looked([sent(town, serials[0] + 100)], town.clerk))  # what the law says is read once
        with django_assert_max_num_queries(80) as captured:
            assert set(outcomes(press(town, cases))) == {"done"}
        counted.append(len(captured))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("model", case_classes())
def test_a_step_for_many_asks_nothing_of_a_single_case(model):
    for step in bulk.steps_for(model._meta.label):
        form = form_for(model(), step.verb)
        own = [name for cls in form.__mro__ if cls not in (StepForm, BecauseForm, *StepForm.__mro__) for name in vars(cls)]
        assert not {"__init__", "clean", "inputs"} & set(own), step.verb
        assert form.inputs is StepForm.inputs


def test_from_ticks_to_the_report_without_a_script(town):
    now, clerk = business_now(), browser(town.clerk, "en")
    cases = [sent(town, serial, at=now - HOUR) for serial in (701, 702)]
    assert clerk.get("/desk/").content.decode().count(" checked aria-label") == 0
    html = clerk.get("/desk/?ticked=all").content.decode()
    assert html.count(" checked aria-label") == 2 and "Do something with all ticked" in html
    clerk.get(f"/cases/{cases[0].number}/")
    choice = clerk.post("/desk/bulk/", {"number": [case.number for case in cases], "next": "/desk/", "csrfmiddlewaretoken": "x"})
    assert choice.status_code == 302 and "csrf" not in choice.url
    html = clerk.get(choice.url).content.decode()
    assert "can be done on 1 of 2" in html and "Refuse" not in html
    page = clerk.get(f"{choice.url}&step={ACCEPT}").content.decode()
    assert "You have not opened this case since it last changed" in page and "Accept: 1 case" in page
    typed = dict(re.findall(r'<input type="hidden" name="(key|seen|step|number)" value="([^"]*)"', page))
    assert typed["number"] == cases[0].number
    done = clerk.post("/desk/bulk/", typed)
    report = clerk.get(done.url).content.decode()
    assert done.url.startswith("/desk/bulk/") and cases[0].number in report and "Done" in report
    assert clerk.post("/desk/bulk/", typed).url == done.url and Event.objects.filter(verb="accept").count() == 1
    assert browser(town.officer).get(done.url).status_code == 404


def test_the_words_of_a_step_are_typed_once_for_all_and_asked_for(town):
    now, officer = business_now(), browser(town.officer, "en")
    cases = [filings.in_force(town, at=now - 200 * 24 * HOUR, place_id=place) for place in ("440100", "440300")]
    with connection.cursor() as cursor:  # the day of the promise is over
        cursor.execute("UPDATE remote_care_filing SET gap_overdue_at = %s", [now - HOUR])
    name, numbers = "remote_care.Filing:extend_gap", [case.number for case in cases if Filing.objects.get(pk=case.pk).gaps]
    page = officer.get("/desk/bulk/", {"step": name, "number": numbers}).content.decode()
    typed = {"step": name, "number": numbers} | dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page))
    answer = officer.post("/desk/bulk/", typed | {"because": ""})
    assert answer.status_code == 422 and "Reason, in plain words" in answer.content.decode()
    report = officer.get(officer.post("/desk/bulk/", typed | {"because": "The office was flooded"}).url).content.decode()
    assert all(number in report for number in numbers) and "More time given" in report
    assert {e.data["because"] for e in Event.objects.filter(verb="extend_gap")} == {"The office was flooded"}


@pytest.mark.parametrize("query", ["", "?number=RC1", "?number=%00", f"?number=RC1&step={ACCEPT}"])
def test_an_address_that_names_nothing_does_not_exist(town, query):
    assert browser(town.clerk).get(f"/desk/bulk/{query}").status_code == 404
