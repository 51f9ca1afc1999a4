"""Loading what the rules of family links read: the same number of queries for one or two thousand, known or unknown people."""
from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Q

from xinyijian.casework.days import day_of
from xinyijian.casework.models import Document
from xinyijian.people import authority
from xinyijian.people.crypto import blind_index
from xinyijian.people.models import FamilyLink, Person

from .policy import Facts

NOBODY = 0  # stands in queries for whoever is not known, so that they are asked all the same


def for_links(model, links, at) -> dict:
    """{pk: Facts} as of a moment."""
    today, others = day_of(at), _others(links)
    persons = Person.objects.in_bulk({c.person_id for c in links})
    young = {_young_side(c, others[c.pk]) for c in links} | {NOBODY}
    guardians = authority.guardians_of(young, at)
    ties = _ties({c.person_id for c in links} | {o.pk for o in others.values() if o} | {NOBODY}, today)
    given, lately, live = _documents(links), _lately(model, links, at), _live(model, links)
    return {c.pk: _facts(c, today, persons[c.person_id], others[c.pk], guardians, ties, given[c.docket_id], lately, live) for c in links}


def _others(links):
    """{pk: the person whom certificate, name and birthday fit, or None}; for a link that was sent, the one who was found then."""
    found = Person.objects.filter(Q(cert_digest__in=[c.cert_digest for c in links]) | Q(pk__in=[c.relative_id or NOBODY for c in links]))
    found = list(found.only("died_on", "born_on", "cert_type", "cert_digest", "name_digest"))
    return {c.pk: next((p for p in found if (p.pk == c.relative_id if c.relative_id else _fits(c, p))), None) for c in links}


def _fits(link, person):
    same = (person.cert_digest, person.cert_type, person.name_digest) == (
        link.cert_digest, link.relative_cert_type, blind_index(link.relative_name, "name"))
    return same and link.person_id != person.pk and link.relative_born_on in (None, person.born_on)


def _young_side(link, other):
    """Whose guardians matter: the one who is a child in this link."""
    return {"child": other.pk if other else NOBODY, "parent": link.person_id}.get(link.relation, NOBODY)


def _ties(people, today):
    """{frozenset of two: relation} of the links in force."""
    links = FamilyLink.objects.in_force(today).filter(Q(person__in=people) | Q(relative__in=people))
    return {frozenset(pair): relation for *pair, relation in links.values_list("person", "relative", "relation")}


def _documents(links):
    given = defaultdict(list)
    for docket, kind, at in Document.objects.filter(docket__in=[c.docket_id for c in links]).values_list("docket", "kind", "received_at"):
        given[docket].append((kind, at))
    return given


def _lately(model, links, at):
    sent = model.objects.filter(opened_by__in={c.opened_by_id for c in links}, sent_at__gt=at - timedelta(hours=24))
    return Counter(sent.values_list("opened_by", flat=True))


def _live(model, links):
    rows = model.objects.filter(person__in={c.person_id for c in links}, status__in=model.LIVE)
    return {(person, digest, pk) for person, digest, pk in rows.values_list("person", "cert_digest", "pk")}


def _facts(link, today, person, other, guardians, ties, given, lately, live) -> Facts:
    two = {link.person_id, other.pk} if other else {link.person_id}
    elsewhere = guardians.get(_young_side(link, other), set()) - {link.person_id, other and other.pk, link.agent_id}
    documents = {kind for kind, at in given if link.returned_at is None or kind not in link.redo or at > link.returned_at}
    deaths = [p.died_on for p in (person, other) if p and p.died_on]
    return Facts(
        today=today,
        relation=link.relation,
        channel=link.channel,
        alive=_alive(person, today),
        insured_here=person.region_id == link.region_id,
        born_on=person.born_on,
        by_guardian=link.agent_id is not None,
        documents=tuple(sorted(documents)),
        relative=other.pk if other else NOBODY,
        relative_alive=other is not None and _alive(other, today),
        relative_born_on=other.born_on if other else link.relative_born_on,
        linked=len(two) == 2 and frozenset(two) in ties,
        spouse_taken=any(relation == "spouse" and pair & two and pair != two for pair, relation in ties.items()),
        guardian=min(elsewhere, default=NOBODY),
        guardian_agreed=link.guardian_agreed_at is not None,
        person_agreed=link.person_agreed_at is not None,
        relative_agreed=link.relative_agreed_at is not None,
        child_consent=link.child_consent_at is not None,
        asked_lately=lately[link.opened_by_id] - (link.sent_at is not None),
        asked_already=any(pk != link.pk for owner, digest, pk in live if (owner, digest) == (link.person_id, link.cert_digest)),
        ends_with=min(deaths, default=None),
    )


def _alive(person, today):
    return person.died_on is None or person.died_on > today
