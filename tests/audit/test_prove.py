"""`prove` is silent over honest cases and names each kind of damage."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from remote_care.models import Filing
from tests import filings
from tests.law import law
from tests.town import JAN_5, JAN_12
from xinyijian.audit.models import Event
from xinyijian.casework import clock
from xinyijian.casework.models import Decision, Deficiency, Docket, Errand, Notice
from xinyijian.casework.proofs import prove
from xinyijian.casework.workflow import act

DAY = timedelta(days=1)
__all__ = ["law"]


@pytest.fixture
def walked(town, law):
    """A filing in force with a gap, one returned, one refused, one cancelled: a bit of everything."""
    gap = filings.in_force(town, at=JAN_5)
    returned = filings.submitted(town, at=JAN_5, person=town.lan_person)
    act(returned.return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=["residence_proof"], because="not legible")
    refused = filings.submitted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    act(refused.refuse, by=town.clerk, at=JAN_5 + DAY, reasons=[], because="lives at home")
    return gap


def damage(sql, *values):
    """As the owner, behind the application's back."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_event", "casework_decision", "casework_letter"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        cursor.execute(sql, values)


def test_honest_cases_violate_nothing(walked):
    assert prove(JAN_5 + DAY) == []
    out = StringIO()
    call_command("prove", "history_is_a_path", "decisions_still_hold", stdout=out)
    assert out.getvalue().count("0 violations") == 2


def test_the_command_fails_and_names_what_is_wrong(walked):
    Docket.objects.filter(pk=walked.docket_id).update(due_name="another")
    err = StringIO()
    with pytest.raises(CommandError, match="1 violations"):
        call_command("prove", "the_register_is_a_function_of_the_case", stdout=StringIO(), stderr=err)
    assert walked.number in err.getvalue()


def test_a_sleeping_clock_is_seen(walked):
    late = walked.next_due_at + DAY
    assert any("waits for" in found for found in prove(late))
    clock.tick(late)
    assert not [found for found in prove(late) if found.startswith("I3")]


def note(**data):
    return Event.objects.create(kind="x", verb="x", at=JAN_5, data=data)


UNREAD = '{"notice_read": false}'
GONE = "DELETE FROM casework_letter; DELETE FROM casework_notice; DELETE FROM audit_event WHERE verb = 'put_in_force'"
DAMAGES = {
    "a state that no step led to": ("I5", lambda f: Filing.objects.filter(pk=f.pk).update(status="ended")),
    "a step that is not declared": ("I5", lambda f: damage("UPDATE audit_event SET verb = 'refuse' WHERE verb = 'put_in_force'")),
    "an event that is gone": ("I5", lambda f: damage(GONE)),
    "a step nobody took": ("I6", lambda f: damage("UPDATE audit_event SET by_label = '' WHERE verb = 'accept'")),
    "a notice that was never queued": ("I3", lambda f: Notice.objects.filter(event__verb="accept").delete()),
    "an errand that was never run": ("I3", lambda f: Errand.objects.all().delete()),
    "a decision without its policy": ("I6", lambda f: damage("UPDATE casework_decision SET params_version = ''")),
    "a due date that was moved": ("I9", lambda f: Filing.objects.filter(pk=f.pk).update(next_due_at=F("next_due_at") + DAY)),
    "a case in the wrong queue": ("I9", lambda f: Docket.objects.filter(pk=f.docket_id).update(queue_role="physician", due_at=JAN_12)),
    "a case taken from the register": ("I9", lambda f: Docket.objects.filter(pk=f.docket_id).update(closed_at=JAN_12)),
    "a gap that nobody lists": ("I10", lambda f: Deficiency.objects.all().delete()),
    "a notice that was dropped": ("I12", lambda f: Notice.objects.update(state="queued", next_try_at=None)),
    "an identity number in an event": ("I13", lambda f: note(n=f.person.cert_number)),
    "a phone in a notice": ("I13", lambda f: Notice.objects.update(text=f"call {f.person.phone}")),
    "a decision that would fall otherwise": ("I14", lambda f: damage(f"UPDATE casework_decision SET facts = facts || '{UNREAD}'")),
    "a decision that cannot be asked again": ("I14", lambda f: damage("UPDATE casework_decision SET facts = '{}'")),
}


def test_every_damage_is_named_by_its_invariant(walked):
    before = set(prove(JAN_5 + DAY))
    for what, (invariant, harm) in DAMAGES.items():
        with transaction.atomic():
            harm(walked)
            new = set(prove(JAN_5 + DAY)) - before
            transaction.set_rollback(True)
        assert any(invariant in found.split(":")[0] for found in new), f"{what}: {new or 'nothing was found'}"


def test_a_long_number_that_is_nobodys_is_no_violation(walked):
    note(receipt="439901198804121234", number="11988041212345")
    assert not [found for found in prove(JAN_5 + DAY) if found.startswith("I13")]


def test_decisions_are_all_asked_again(walked):
    assert Decision.objects.count() == 2
