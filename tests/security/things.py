"""One thing of each kind that stands in an address: the mother's, her county's, hospital A's. To everybody else it is a foreign one."""

import uuid
from types import SimpleNamespace

from django.core import signing

from data_rights.models import Correction, Reopening, Review
from family import aids
from family.counter_views import OPEN
from family.models import Link
from remote_care import drafts
from remote_care.models import Filing
from tests import filings, requests_of
from tests.family import links
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import BulkAct, Decision
from xinyijian.casework.steps import steps_of
from xinyijian.connect import keys
from xinyijian.connect.scopes import SCOPES
from xinyijian.hospital.downtime import print_sheets
from xinyijian.oversight.views import WATCHED
from xinyijian.people.closing import close_sign_in

from .addresses import CASE, NO_NUMBER, NO_PK, NO_UUID

NO_TOKEN = "nothing"
PUBLIC = {"services/<slug:id>/": ("remote-filing", "nothing"), "v/<str:token>/": ("nothing", "nothing"),
          "family/texts/<str:kind>/": ("kinship", "nothing")}


def made(town) -> SimpleNamespace:
    """The things, each made as people make them."""
    at, mother = business_now(), town.mother_person
    filing = filings.with_paper(in_force := filings.in_force(town, at=at), in_force.owed[0], by=town.lan, at=at)
    letter = filing.docket.notices.first()
    type(letter).objects.filter(pk=letter.pk).update(state="letter")
    key, _secret = keys.make(town.county_hospital, name="HIS", environment="live", scopes=list(SCOPES), key=uuid.uuid4(),
                             by=town.hospital_admin, at=at)
    for closed in (town.father, town.husband):
        close_sign_in(closed, at=at)
    asked = {"at": at, "person": mother, "by": town.mother}
    link = {"other": town.neighbour_person, "relation": "child", "paper": "birth_certificate"}
    return SimpleNamespace(
        filing=filing, draft=filings.draft(town, at=at, person=town.mother_person, by=town.lan, papers=()), letter=letter, key=key,
        asked=links.asked(town, **asked, **link), begun=links.draft(town, **asked, **link),
        correction=requests_of.correction(town, **asked), review=requests_of.review(town, **asked),
        reopening=requests_of.reopening(town, at=at, person=town.father_person),
        tie=mother.links.first(), grant=mother.grants_given.get(agent=town.lan_person),
        aid=aids.declare(mother, town.lan_person, by=town.mother, at=at),
        batch=print_sheets(1, town.county_hospital, by=town.hospital_a, at=at),
        bulk=BulkAct.objects.create(key=uuid.uuid4(), by=town.clerk, at=at, kind="remote_care.Filing", verb="accept",
                                    rows=[[filing.number, "done", []]]),
        decision=Decision.objects.filter(docket=filing.docket).first(),
        token=signing.dumps({"person": mother.pk, "by": town.counter.pk}, salt=OPEN))


def addresses_of(town, it) -> dict:
    """{route: [(address as it is recorded, real one, the same of nothing)]} of every route with a mark; not the admin's and machines'."""
    cases = (it.filing, it.asked, it.correction, it.review, it.reopening)
    papers = [one.docket.documents.first().uuid for one in (it.filing, it.asked)]
    by_number = {route: [("filing", it.filing.number, NO_NUMBER)] for route in OF_FILING}
    return {route: [_one(route, *row) for row in rows] for route, rows in (by_number | {
        "cases/<str:number>/": [*((_kind(case), case.number, NO_NUMBER) for case in cases), ("draft", it.draft.number, NO_NUMBER)],
        "cases/<str:number>/receipt.pdf": [(_kind(case), case.number, NO_NUMBER) for case in cases],
        "cases/<str:number>/sheet/": [("filing", it.filing.number, NO_NUMBER)],
        "cases/<str:number>/<str:verb>/": [
            (f"{_kind(case)} {verb}", f"{case.number}/{verb}", f"{NO_NUMBER}/{verb}") for case in cases for verb in steps_of(type(case))],
        LETTERS: [(f"filing {name}", f"{it.filing.number}/letters/{name}", f"{NO_NUMBER}/letters/{name}") for name in drafts.SIGNED_AT],
        "documents/<uuid:uuid>/": [(kind, paper, NO_UUID) for kind, paper in zip(("filing", "link"), papers, strict=True)],
        "letters/<uuid:uuid>/": [("letter of the filing", it.filing.docket.letters.first().uuid, NO_UUID)],
        "letters/<uuid:uuid>.pdf": [("letter of the filing", it.filing.docket.letters.first().uuid, NO_UUID)],
        "family/links/<str:number>/": [("link", it.begun.number, NO_NUMBER)],
        "family/asked/<str:number>/": [("link", it.asked.number, NO_NUMBER)],
        "family/asked/<str:number>/<str:verb>/": [
            (f"link {verb}", f"{it.asked.number}/{verb}", f"{NO_NUMBER}/{verb}") for verb in ("agree", "decline")],
        "family/end/<str:what>/<int:pk>/": [(what, f"{what}/{row.pk}", f"{what}/{NO_PK}") for what, row in (
            ("link", it.tie), ("grant", it.grant), ("aid", it.aid))],
        "family/mutual-aid/<int:pk>/agree/": [("aid", it.aid.pk, NO_PK)],
        "family/counter/<str:token>/": [("person found", it.token, NO_TOKEN)],
        "family/counter/<str:token>/<str:what>/": [
            (f"person found {what}", f"{it.token}/{what}", f"{NO_TOKEN}/{what}") for what in ("link", "grant", "aid", "reading")],
        "desk/letters/<int:pk>.pdf": [("letter", it.letter.pk, NO_PK)],
        "desk/bulk/<uuid:key>/": [("a clerk's", it.bulk.key, NO_UUID)],
        "desk/people/<int:pk>/": [("the patient", town.mother_person.pk, NO_PK)],
        "desk/accounts/<int:pk>/": [("her account", town.mother.pk, NO_PK)],
        "my-data/open-again/<int:pk>/": [("an account that was closed", town.husband.pk, NO_PK)],
        "staff/<int:pk>/": [("hospital A's", town.physician.pk, NO_PK), ("the bureau's", town.clerk.pk, NO_PK)],
        "connect/keys/<int:pk>/<str:deed>/": [(deed, f"{it.key.pk}/{deed}", f"{NO_PK}/{deed}") for deed in ("rotate", "revoke")],
        "hospital/sheets/<uuid:batch>/": [("hospital A's", it.batch, NO_UUID)],
        "oversight/decisions/<int:pk>/": [("decision", it.decision.pk, NO_PK)],
        "oversight/watched/<str:name>/": [(name, name, "nothing") for name in WATCHED],
    }).items()}


OF_FILING = tuple(route for route in CASE if route.startswith("remote-care/filings/<str:number>/") and route.count("<") == 1)
ONE_BY_ONE = ("cases/<str:number>/<str:verb>/", "remote-care/filings/<str:number>/")  # many pages that one and the same look-up opens
LETTERS = "remote-care/filings/<str:number>/letters/<str:name>/"


def _one(route, kind, real, nothing):
    """Everything from the first mark to the last one is replaced by what stands there."""
    before, after = route[: route.index("<")], route[route.rindex(">") + 1 :]
    return f"/{route} ({kind})", f"/{before}{real}{after}", f"/{before}{nothing}{after}"


def _kind(case):
    return {Filing: "filing", Link: "link", Correction: "correction", Review: "review", Reopening: "reopening"}[type(case)]
