"""Loading what the rules of filings read: the same number of queries for one filing or two thousand."""

from collections import defaultdict

from xinyijian.casework.breaches import standing_against
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Document
from xinyijian.people import authority, mutual_aid
from xinyijian.people.models import Person
from xinyijian.people.standing import benefits_through, unrepaired_breaches

from .policy import Facts
from .states import LONG, Type

OTHERS = ("person_id", "place_id", "type", "status", "replaces_id", "in_force_at")


def for_filings(model, filings, at) -> dict:
    """{pk: Facts} as of a moment."""
    today, people = day_of(at), {f.person_id for f in filings}
    given, others = _documents(filings), _others(model, people)
    persons = Person.objects.only("died_on", "region_id").in_bulk(people)
    benefits = benefits_through(people, today)
    breaches = unrepaired_breaches(people, today) | standing_against(people, today)
    stands_in = standing_in({(f.person_id, f.agent_id) for f in filings if f.agent_id}, at)
    return {
        f.pk: _facts(
            f, at, given[f.docket_id], others[f.person_id], persons[f.person_id], benefits.get(f.person_id), f.person_id in breaches,
            stands_in.get((f.person_id, f.agent_id), "")
        )
        for f in filings
    }


def standing_in(pairs, at) -> dict:
    """{(person, relative): "guardian" or "mutual_aid"} of the relatives who file for somebody; three queries, none without such."""
    if not pairs:
        return {}
    guardians = authority.guardians_of({person for person, _agent in pairs}, at)
    bound = dict.fromkeys(mutual_aid.bound_among(pairs, day_of(at)), "mutual_aid")
    return bound | {pair: "guardian" for pair in pairs if pair[1] in guardians.get(pair[0], ())}


def _documents(filings):
    given = defaultdict(list)
    rows = Document.objects.filter(docket__in=[f.docket_id for f in filings]).values_list("docket_id", "kind", "received_at")
    for docket, kind, received_at in rows:
        given[docket].append((kind, received_at))
    return given


def _others(model, people):
    """Her filings that count or may come to count, drafts included."""
    others = defaultdict(list)
    for one in model.objects.filter(person__in=people, status__in=(*model.LIVE, "draft")).only(*OTHERS):
        others[one.person_id].append(one)
    return others


def _facts(filing, at, given, others, person, benefit, breaches, stands_in) -> Facts:
    today = day_of(at)
    changing = any(one.replaces_id == filing.pk for one in others)
    replaced = next((one for one in others if one.pk == filing.replaces_id and one.in_force_at), None)
    others = [one for one in others if one.pk != filing.pk and one.place_id and one.status != "draft" and one.type != Type.EMERGENCY]
    cities = {one.place_id for one in others if one.type in LONG and one.pk != filing.replaces_id}
    documents = {kind for kind, received_at in given if kind not in filing.redo or received_at > filing.returned_at}
    return Facts(
        today=today,
        asked_on=day_of(filing.occurred_at or filing.first_sent_at or at),
        type=filing.type,
        channel=filing.channel,
        by_commitment=filing.basis == "commitment",
        commitment_signed=filing.commitment_signed_at is not None,
        promise_signed=filing.promise_signed_at is not None,
        notice_read=filing.notice_read_at is not None,
        alive=person.died_on is None or person.died_on > today,
        insured_here=person.region_id == filing.region_id,
        place=filing.place_id or "",
        home=filing.region_id,
        place_detailed=len(filing.remote_address.strip()) >= 6,
        contact_complete=bool(filing.contact_name.strip() and filing.contact_phone.strip()),
        start_on=filing.start_on,
        resident_since=filing.resident_since,
        other_places=tuple(sorted(cities - {filing.place_id})),
        same_place_live=filing.type != Type.EMERGENCY and filing.place_id in {one.place_id for one in others},
        documents=tuple(sorted(documents)),
        redo=tuple(sorted(set(filing.redo) - documents)),
        beneficiary=benefit is not None,
        through=benefit.relation or "self" if benefit else "",
        breaches=breaches,
        for_other=filing.agent_id is not None,
        stands_in=stands_in,
        gap_overdue=_is_overdue(filing, at),
        in_force_on=filing.in_force_at and day_of(filing.in_force_at),
        referral_hospital=filing.referral_hospital,
        referral_level=filing.referral_level,
        occasion=filing.occasion,
        care_hospital=bool(filing.care_organisation_id or filing.care_hospital.strip()),
        admitted_on=filing.admitted_on,
        discharged_on=filing.discharge_at and day_of(filing.discharge_at),
        used=filing.used_at is not None,
        changing=changing,
        replaces_in_force_on=replaced and day_of(replaced.in_force_at),
    )


def _is_overdue(filing, at):
    """What was handed in and waits for the bureau is not held against her."""
    if not (filing.gap_since and filing.owed):
        return False
    return filing.gap_overdue_at is not None or at >= filing.gap_term(filing.params()).at
