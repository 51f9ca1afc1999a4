"""Events as an auditor reads them: masked persons, numbers of cases, the actor's user name, reasons in words."""

from collections import defaultdict

from django.apps import apps

from xinyijian.casework import looks
from xinyijian.casework.models import Decision, Docket
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.pages import START
from xinyijian.casework.stand_ins import FOR
from xinyijian.casework.workflow import steps_of_class
from xinyijian.people.models import Person, Region, User

from . import words


def rows_of(events) -> list[dict]:
    """A row for each event; one query for each kind of row that is named, whatever the number of events."""
    numbers, cases = _numbers(events), {model._meta.label for model in case_classes()}
    named = {e.by_id for e in events if e.by_id} | {e.data[FOR] for e in events if FOR in e.data}
    users = dict(User.objects.filter(pk__in=named).values_list("pk", "username"))
    persons = Person.objects.only("name").in_bulk({e.person_id for e in events if e.person_id})
    places = Region.objects.in_bulk({e.region for e in events})
    decided = dict(Decision.objects.filter(event__in=[e.pk for e in events]).values_list("event_id", "pk"))
    return [_row(event, numbers, cases, users, persons) | {"decision": decided.get(event.pk), "place": places.get(event.region, "")}
            for event in events]


def _row(event, numbers, cases, users, persons):
    person = persons.get(event.person_id)
    return {
        "event": event,
        "what": what(event, cases),
        "who": words.who(event.by_label),
        "user": users.get(event.by_id, ""),
        "absent": users.get(event.data.get(FOR), ""),
        "number": numbers.get((event.kind, event.object_id), "") or event.data.get("case", ""),
        "person": person.masked_name if person else "",
        "because": words.because(event),
    }


def what(event, cases) -> str:
    """The deed in words: as the service, the reader's verb or this room names it."""
    if event.kind in cases:
        step = steps_of_class(apps.get_model(event.kind)).get(event.verb)
        return str(step.done if step else START if event.verb == "start" else event.verb)
    return looks.in_words(event) if event.verb in looks.VERBS else words.deed(event)


def _numbers(events):
    wanted = defaultdict(set)
    for event in events:
        wanted[event.kind].add(event.object_id)
    found = {}
    for model in (Docket, *case_classes()):
        label = model._meta.label
        if label in wanted:
            rows = model.objects.filter(pk__in=wanted[label]).values_list("pk", "number")
            found |= {(label, pk): number for pk, number in rows}
    return found
