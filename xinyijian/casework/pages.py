"""What the pages of a case show: made here once, for patients, desk and admin alike."""
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event
from xinyijian.people.models import User

from . import words
from .capacity import words_for
from .days import local
from .models import Docket
from .workflow import checks_for, may_press, steps_of_class

START = _("Draft begun")


def find_case(number, *, by, at):
    """The case with this number if the user may see it; otherwise it does not exist (404)."""
    docket = Docket.objects.visible_to(by, at).filter(number=number).first()
    if docket is None:
        raise Http404
    return docket.case_class.objects.select_related("docket", "person", "region", "agent").get(docket=docket)


def buttons_for(case, *, by, at) -> list:
    """The steps that this user may press in the present state, in the order of declaration."""
    found = steps_of_class(type(case)).values()
    return [s for s in found if case.status in s.sources and case.offers(s.verb, at) and may_press(case, s, by, at)]


def dues_of(case, at) -> list:
    """Everything due on the case with its computation, earliest first."""
    facts = case.facts_for([case], at)[case.pk] if case.deadlines_read_facts else None
    return sorted(case.deadlines(facts, case.params()), key=lambda due: due.at)


def timeline_of(case) -> list[dict]:
    """Newest first: what happened, in which capacity, when, and the words that were typed."""
    steps = steps_of_class(type(case))
    events = Event.objects.filter(kind=case._meta.label, object_id=case.pk).order_by("-id")
    return [{"what": steps[e.verb].done if e.verb in steps else START, "who": words_for(e.by_label), "at": e.at, "verb": e.verb,
             "because": words.because(e.data.get("because", "")), "by_id": e.by_id, "truly": _truly(e)} for e in events]


def _truly(event):
    """The true time of what was entered late."""
    told = event.data.get("occurred_at", "") if event.verb == "start" else ""
    return datetime.fromisoformat(told) if told else None


def last_move(case):
    """The latest event, for the one who came second."""
    return Event.objects.filter(kind=case._meta.label, object_id=case.pk).order_by("-id").first()


def who_was_faster(case, event) -> str:
    """"Refuse: Officer Chen (clerk), 09:14" for the one who came second."""
    return who_were_faster([(case, event)])[case.pk]


def who_were_faster(moved) -> dict[int, str]:
    """{pk: the same} for pairs of a case and its latest event; one query."""
    members = User.objects.filter(pk__in={event.by_id for _case, event in moved}, person=None).in_bulk()
    return {case.pk: _faster(case, event, members.get(event.by_id)) for case, event in moved}


def _faster(case, event, member):
    step = steps_of_class(type(case)).get(event.verb)
    name = member.get_short_name() if member else ""
    return _("Somebody was faster: %(what)s, %(who)s, %(at)s") % {
        "what": step.done if step else START, "who": f"{name} ({words_for(event.by_label)})" if name else words_for(event.by_label),
        "at": f"{local(event.at):%Y-%m-%d %H:%M}"}


def rules_of(case, button, *, by, at) -> list:
    """✓/✗ for the page of a step, or for the desk's view of the decision that is due: all that `act` would ask."""
    found = [answer for _rule, answer in checks_for(case, button.verb, by=by, at=at)]
    return [*found, case.four_eyes_unmet] if button.four_eyes and case.is_work_of(by) else found


def newest_event(case) -> int:
    """Its id; a form carries it, so that the second press of one button is recognised."""
    last = last_move(case)
    return last.pk if last else 0
