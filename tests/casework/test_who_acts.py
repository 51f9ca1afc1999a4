"""What the trail says of the actor, and what a post is worth."""
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import filings
from tests.town import JAN_5, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.casework import calls, clock
from xinyijian.casework.models import Docket, Notice
from xinyijian.casework.workflow import act


def test_only_what_is_the_persons_own_to_do_is_done_on_her_behalf(town):
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(filing.gap_told)
    told = dict(Event.objects.filter(kind="remote_care.Filing", object_id=filing.pk).values_list("verb", "on_behalf_of_id"))
    hers = town.mother_person.pk
    assert (told["start"], told["submit"]) == (hers, hers)
    assert {told[verb] for verb in ("accept", "put_in_force", "remind_gap")} == {None}
    given = filings.with_paper(type(filing).objects.get(pk=filing.pk), "residence_proof", by=town.counter, at=filing.gap_told)
    assert Event.objects.get(kind="remote_care.Filing", object_id=given.pk, verb="give_missing").on_behalf_of_id == hers


def test_staff_act_in_their_post_also_when_they_are_insured_themselves(town):
    both = make_user("both", town.husband_person, is_staff=True)
    make_post(both, town.bureau, "clerk")
    filing = filings.submitted(town, at=JAN_5, papers=filings.FULL)
    act(filing.accept, by=both, at=JAN_5)
    assert Event.objects.get(verb="accept").by_label == "clerk"


def test_a_post_counts_only_for_staff_who_sign_in_and_are_signed_out_as_staff(town):
    nobody = make_user("not_yet_staff")
    make_post(nobody, town.bureau, "officer")
    filing = filings.submitted(town, at=JAN_5)
    assert not Docket.objects.visible_to(nobody, JAN_5).exists() and not type(filing).objects.visible_to(nobody, JAN_5).exists()


def test_whoever_only_looks_takes_nobody_off_the_phone_list(town):
    filing = filings.submitted(town, at=JAN_5)
    Notice.objects.filter(docket=filing.docket).update(state="failed", next_try_at=None)
    notice = calls.waiting(town.auditor, JAN_5 + timedelta(hours=1))[0]
    with pytest.raises(PermissionDenied):
        calls.note(notice, reached=True, text="x", by=town.auditor, at=JAN_5)
    calls.note(notice, reached=True, text="x", by=town.counter, at=JAN_5)
    assert Notice.objects.get(pk=notice.pk).state == "delivered"
