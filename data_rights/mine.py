"""What is kept about a person, section by section: one description for the page, the readable export and the machine-readable one."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import looks, words
from xinyijian.casework.models import Docket, Document
from xinyijian.people.models import Consent, FamilyLink, Grant, MutualAid, Standing, User

from . import correspondence, reached
from . import section as sections
from .section import Section

PERSON = {
    "name": _("name"),
    "cert_type": _("kind of certificate"),
    "cert_number": _("certificate number"),
    "psn_no": _("insurance number"),
    "born_on": _("day of birth"),
    "sex": _("sex"),
    "region": _("insured in"),
    "insutype": _("insurance"),
    "phone": _("phone"),
    "address": _("address"),
}
CORRECTABLE = ("name", "born_on", "sex", "phone", "address")


def facts_of(person, *, masked) -> list[dict]:
    """The person's own row, fact by fact: code, word, value; masked where a passer-by could read along."""
    values = {
        "name": person.name,
        "cert_type": person.get_cert_type_display(),
        "cert_number": person.masked_cert if masked else person.cert_number,
        "psn_no": person.psn_no,
        "born_on": person.born_on,
        "sex": person.get_sex_display(),
        "region": str(person.region),
        "insutype": INSURANCE.get(person.insutype, person.insutype),
        "phone": person.masked_phone if masked else person.phone,
        "address": person.address,
    }
    return [{"code": code, "word": word, "value": values[code]} for code, word in PERSON.items()]


INSURANCE = {"310": _("employees"), "390": _("residents")}


def sections_of(person, *, masked) -> list[Section]:
    """Everything else, each in a fixed number of queries; her own numbers and addresses masked where a passer-by could read along."""
    return [*reached.sections_of(person, masked=masked)] + [maker(person) for maker in (_links, _grants, _aids, _standings)] + [
        reached.coverages(person), *_cases(person), _consents(person), _documents(person),
        *correspondence.sections_of(person, masked=masked)]


def looked(person, before=None) -> tuple[Section, int | None]:
    """Who looked, and why, newest first from `before`, with the key of what follows; never her own looks, and no names."""
    own = User.objects.filter(person=person).values_list("pk", flat=True)
    rows, following = looks.looks_at(person.pk, but=own, before=before, size=sections.SHOWN)
    columns = {"at": _("when"), "who": _("who"), "organisation": _("of"), "what": _("what"), "because": _("why")}
    return Section("looked", _("Who looked at it"), columns, rows), following


def all_looked(person) -> Section:
    """The same from beginning to end."""
    section, following = looked(person)
    while following:
        more, following = looked(person, following)
        section.rows += more.rows
    return section


def _links(person):
    links = FamilyLink.objects.filter(Q(person=person) | Q(relative=person)).select_related("person", "relative").order_by("pk")
    rows = [
        {
            "relation": link.get_relation_display(),
            "who": f"{link.person.masked_name} → {link.relative.masked_name}",
            "since": link.since,
            "until": link.until,
            "proof": link.proof,
        }
        for link in links
    ]
    columns = {"who": _("who"), "relation": _("relation"), "since": _("from"), "until": _("until"), "proof": _("proof")}
    return Section("family_links", _("Family links"), columns, rows)


def _grants(person):
    grants = Grant.objects.filter(Q(person=person) | Q(agent=person)).select_related("person", "agent").order_by("pk")
    rows = [
        {
            "who": f"{grant.person.masked_name} → {grant.agent.masked_name}",
            "scope": _("everything") if grant.scope == "*" else grant.scope,
            "since": grant.since,
            "until": grant.revoked_at or grant.until,
            "consent": grant.consent,
        }
        for grant in grants
    ]
    columns = {"who": _("who lets whom act"), "scope": _("for"), "since": _("from"), "until": _("until"), "consent": _("consent")}
    return Section("grants", _("Who may act for whom"), columns, rows)


def _aids(person):
    aids = MutualAid.objects.filter(Q(holder=person) | Q(member=person)).select_related("holder", "member").order_by("pk")
    rows = [
        {
            "who": f"{aid.holder.masked_name} → {aid.member.masked_name}",
            "since": aid.since,
            "until": aid.until,
            "source": aid.get_source_display(),
            "reference": aid.reference,
            "holder_agreed_at": aid.holder_agreed_at,
            "member_agreed_at": aid.member_agreed_at,
        }
        for aid in aids
    ]
    columns = {"who": _("who"), "since": _("from"), "until": _("until"), "source": _("source"), "reference": _("reference")}
    columns |= {"holder_agreed_at": _("holder agreed"), "member_agreed_at": _("member agreed")}
    return Section("mutual_aid", _("Family mutual aid"), columns, rows)


def _consents(person):
    rows = [
        {
            "kind": one.get_kind_display(),
            "version": one.version,
            "sha256": one.sha256,
            "how": one.get_how_display(),
            "at": one.at,
            "reference": one.reference,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in Consent.objects.filter(person=person).order_by("-at", "-pk")
    ]
    columns = {
        "kind": _("to what"),
        "version": _("version of the text"),
        "how": _("how"),
        "at": _("given"),
        "reference": _("reference"),
        "withdrawn_at": _("withdrawn"),
    }
    return Section("separate_consents", _("What you consented to"), columns, rows)


def _standings(person):
    rows = [
        {
            "grade": one.get_grade_display(),
            "source": one.source,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
            "repaired_on": one.repaired_on,
            "read_at": one.read_at,
        }
        for one in Standing.objects.filter(person=person).order_by("-valid_from")
    ]
    columns = {
        "grade": _("grade"),
        "source": _("stated by"),
        "valid_from": _("from"),
        "valid_until": _("until"),
        "repaired_on": _("repaired"),
        "read_at": _("read"),
    }
    return Section("standings", _("Credit standing, as others stated it"), columns, rows)


def _cases(person) -> list[Section]:
    """Cases and what was signed in them."""
    dockets = list(Docket.objects.filter(person=person).order_by("-pk"))
    rows = [
        {
            "number": d.number,
            "title": words.title(d.kind),
            "status": words.status(d.kind, d.status, staff=False)["word"],
            "opened_at": d.opened_at,
            "closed_at": d.closed_at,
        }
        for d in dockets
    ]
    columns = {"number": _("number"), "title": _("what"), "status": _("state"), "opened_at": _("begun on"), "closed_at": _("closed")}
    signed = {"number": _("number"), "name": _("what"), "how": _("how"), "version": _("version"), "at": _("when")}
    return [Section("cases", _("Cases"), columns, rows), Section("consents", _("What you signed or agreed to"), signed, _signed(dockets))]


def _signed(dockets):
    kinds = defaultdict(list)
    for docket in dockets:
        kinds[docket.kind].append(docket.pk)
    found = []
    for kind, pks in kinds.items():
        cases = dockets[0].__class__(kind=kind).case_class.objects.filter(docket__in=pks).order_by("-pk")
        found += [{"number": case.number, **letter} for case in cases for letter in words.of_service(kind).signed(case)]
    return found


def _documents(person):
    papers = Document.objects.filter(person=person).select_related("docket").order_by("-pk")
    rows = [
        {
            "what": paper.title or words.of_service(paper.docket.kind).document_name(paper.kind),
            "number": paper.docket.number,
            "pages": paper.pages,
            "received_at": paper.received_at,
            "sha256": paper.sha256,
        }
        for paper in papers
    ]
    columns = {"what": _("document"), "number": _("case"), "pages": _("pages"), "received_at": _("received")}
    return Section("documents", _("Papers you gave"), columns, rows)
