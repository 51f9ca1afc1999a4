"""Loading what the rules read: the same number of queries for one request or two thousand."""

from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket, Document
from xinyijian.people import corrections
from xinyijian.people.models import Person, User
from xinyijian.people.registration import is_old_enough
from xinyijian.people.reopening import closed_by_themselves

from .policy import CorrectionFacts, ReopeningFacts, ReviewFacts


def for_corrections(model, cases, at) -> dict:
    """{pk: CorrectionFacts} as of a moment."""
    persons = Person.objects.in_bulk({case.person_id for case in cases})
    given = set(Document.objects.filter(docket__in=[case.docket_id for case in cases]).values_list("docket_id", flat=True))
    return {case.pk: _correction(case, persons[case.person_id], case.docket_id in given) for case in cases}


def _correction(case, person, evidence):
    differs = case.field not in corrections.KEPT or corrections.held(person, case.field) != case.wanted
    return CorrectionFacts(field=case.field, differs=differs, evidence=evidence)


def for_reopenings(model, cases, at) -> dict:
    """{pk: ReopeningFacts} as of a moment."""
    on, persons = day_of(at), Person.objects.in_bulk({case.person_id for case in cases})
    accounts = User.objects.filter(person__in=persons, is_staff=False, is_superuser=False).order_by("-pk")  # of several the first
    users = {person: None if active else pk for person, pk, active in accounts.values_list("person_id", "pk", "is_active")}
    closed = closed_by_themselves(pk for pk in users.values() if pk)
    return {case.pk: _reopening(persons[case.person_id], users.get(case.person_id) in closed, on) for case in cases}


def _reopening(person, closed, on):
    alive = person.died_on is None or person.died_on > on
    return ReopeningFacts(closed_by_herself=closed, alive=alive, of_age=is_old_enough(person, on))


def for_reviews(model, cases, at) -> dict:
    """{pk: ReviewFacts} as of a moment."""
    numbers = dict(Docket.objects.filter(pk__in=[case.about_id for case in cases if case.about_id]).values_list("pk", "number"))
    return {
        case.pk: ReviewFacts(
            about="case" if case.about_id else "standing",
            number=numbers.get(case.about_id, ""),
            stood=case.stood,
            because_given=bool(case.said.strip()),
        )
        for case in cases
    }
