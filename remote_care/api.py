"""Filings for hospitals' systems: open for a patient who is present, fill in, hand in documents, sign, send, follow."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from xinyijian.audit import record
from xinyijian.casework import case_page, pages
from xinyijian.casework.api import persons
from xinyijian.casework.api.fields import fields_of, read
from xinyijian.casework.api.idempotency import idempotent
from xinyijian.casework.api.pages import page
from xinyijian.casework.api.pressing import press
from xinyijian.casework.api.problems import Problem
from xinyijian.casework.api.views import ApiView
from xinyijian.casework.paper_checks import LARGEST
from xinyijian.people.models import Organisation

from . import api_examples as examples
from . import api_fields as shapes
from . import drafts
from .models import Filing
from .papers import NAMES
from .services import open_at_hospital, open_by_app

READ, WRITE = "filings:read", "filings:write"
ROOM = 64 * 1024  # bytes of a form around its file


class FilingView(ApiView):
    """What all addresses of filings share."""

    scopes = {"GET": READ, "POST": WRITE, "PATCH": WRITE}

    def find(self, number) -> Filing:
        """The filing, if the caller's organisation has it (404 otherwise); reading it is on record."""
        filing = pages.find_case(number, by=self.request.user, at=self.at)
        if not isinstance(filing, Filing) or filing.organisation_id != self.request.auth.organisation_id:
            raise Problem("not_found")
        case_page.note_reading(filing, by=self.request.user, at=self.at, where="api")
        return filing

    def told(self, filing, status=200):
        """The filing as it is now, with its address."""
        filing = Filing.objects.select_related("docket", "person", "region", "agent", "opened_by").get(pk=filing.pk)
        headers = {"Location": f"/api/v1/filings/{filing.number}/"} if status == 201 else None
        return Response(shapes.full(filing, by=self.request.user, at=self.at), status=status, headers=headers)


class Filings(FilingView):
    """Your hospital's filings."""

    problems = ("not_found", "wrong_cursor", "code_refused", "unavailable")
    http_method_names = ["get", "post"]

    @extend_schema(
        operation_id="list_filings",
        summary="Your filings",
        tags=["filings"],
        parameters=[shapes.FilingQuery],
        responses={200: shapes.FilingPage},
        examples=[examples.PAGE],
    )
    def get(self, request):
        wish, place = read(shapes.FilingQuery, request.query_params), request.auth.organisation_id
        rows = Filing.objects.visible_to(request.user, self.at).filter(organisation=place).select_related("person").order_by("-pk")
        rows = rows.filter(status=wish["status"]) if "status" in wish else rows
        found, onward = page(rows, f"filings:{place}:{wish.get('status', '')}", wish)
        record(
            Filing._meta.label, "list", by=request.user, at=self.at, data={"as": "api", "persons": [filing.person_id for filing in found]}
        )
        return Response({"filings": [shapes.short(filing) for filing in found], "next_cursor": onward})

    @extend_schema(
        operation_id="open_filing",
        summary="Open a filing",
        tags=["filings"],
        request=shapes.NewFiling,
        responses={201: shapes.FilingFull},
        examples=[examples.NEW, examples.OPENED],
    )
    @idempotent
    def post(self, request):
        """For a patient who is present (or signed in to an app) and wants it; the bureau decides once it is sent."""
        said = read(shapes.NewFiling, request.data)
        person = persons.find(request.auth, said, at=self.at)
        hospital = get_object_or_404(Organisation, pk=request.auth.organisation_id)
        filing = self.open(person, hospital, said)
        drafts.save(filing, {"type": Filing.Type.LONG_RESIDENCE} | shapes.Answers.columns(said), by=request.user, at=self.at)
        return self.told(filing, 201)


    def open(self, person, organisation, said):
        """By a hospital for its patient, or by an online platform for whoever has signed in there; the key says which it is."""
        from_app, source = organisation.kind == Organisation.Kind.APP, said["dcla_souc"]
        if from_app is (source == "01"):
            raise Problem("invalid", errors=[examples.wrong_source()])
        if not from_app:
            return open_at_hospital(person, organisation, by=self.request.user, at=self.at)
        channel = Filing.Channel.KIOSK if source == "05" else said.get("entry", Filing.Channel.PROVINCIAL)
        return open_by_app(person, organisation, channel, by=self.request.user, at=self.at)


class OneFiling(FilingView):
    """One filing."""

    http_method_names = ["get", "patch"]

    @extend_schema(
        operation_id="read_filing", summary="One filing", tags=["filings"], responses={200: shapes.FilingFull}, examples=[examples.ONE]
    )
    def get(self, request, number):
        return self.told(self.find(number))

    @extend_schema(
        operation_id="fill_in_filing",
        summary="Fill in or correct",
        tags=["filings"],
        request=shapes.Answers,
        responses={200: shapes.FilingFull},
        examples=[examples.ONE, examples.ANSWERS],
    )
    @idempotent
    def patch(self, request, number):
        """Before it is sent, and again when it was returned."""
        said = read(shapes.Answers, request.data)
        filing = self.find(number)
        drafts.save(filing, shapes.Answers.columns(said), by=request.user, at=self.at)
        return self.told(filing)


class Papers(FilingView):
    """Documents of a filing that has not been sent."""

    http_method_names, parser_classes, largest = ["post"], [MultiPartParser], LARGEST + ROOM

    @extend_schema(
        operation_id="give_document",
        summary="Hand in a document",
        tags=["filings"],
        request={"multipart/form-data": shapes.PaperIn},
        responses={201: shapes.PaperShown},
        examples=[examples.PAPER],
    )
    @idempotent
    def post(self, request, number):
        """It is redrawn page by page; the same photo twice is kept once."""
        said = read(shapes.PaperIn, request.data)
        if said["kind"] not in NAMES:
            raise Problem("invalid", errors=[examples.unknown_kind(NAMES)])
        filing = self.find(number)
        return Response(shapes.paper(drafts.attach(filing, said["kind"], said["file"], by=request.user, at=self.at)), status=201)


class Letters(FilingView):
    """Texts that the patient reads or signs."""

    http_method_names = ["get"]

    @extend_schema(
        operation_id="letters",
        summary="What she reads and signs",
        tags=["filings"],
        responses={200: shapes.LetterList},
        examples=[examples.LETTERS],
    )
    def get(self, request, number):
        filing = self.find(number)
        found = {name: drafts.letter_of(filing, name, self.at) for name in drafts.SIGNED_AT}
        return Response(
            {
                "letters": [
                    {
                        "name": name,
                        "version": letter.version,
                        "text": letter.text,
                        "sha256": letter.sha256,
                        "signed": getattr(filing, drafts.SIGNED_AT[name]) is not None,
                    }
                    for name, letter in found.items()
                    if letter
                ]
            }
        )


class Sign(FilingView):
    """The signature that she gave on paper."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="sign_letter",
        summary="She has read or signed it",
        tags=["filings"],
        request=shapes.Signature,
        responses={200: shapes.FilingFull},
        examples=[examples.ONE, examples.SIGNATURE],
    )
    @idempotent
    def post(self, request, number, name):
        """Keep the signed sheet, or hand it in as a document; refused when the text has changed since you fetched it."""
        said, filing = read(shapes.Signature, request.data), self.find(number)
        if name not in drafts.SIGNED_AT:
            raise Problem("not_found")
        drafts.sign(filing, name, said["sha256"], by=request.user, at=self.at, how="read" if name == "filing_notice" else "paper")
        return self.told(filing)


class Step(FilingView):
    """A step of a filing: submit, withdraw, give_missing."""

    http_method_names, parser_classes, largest = ["post"], [JSONParser, MultiPartParser], LARGEST + ROOM

    @extend_schema(
        operation_id="step",
        summary="Take a step",
        tags=["filings"],
        responses={200: shapes.FilingFull},
        request={
            "application/json": {"type": "object", "additionalProperties": True},
            "multipart/form-data": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "file": {"type": "string", "format": "binary"}},
            },
        },
        examples=[examples.ONE, examples.NOTHING],
    )
    @idempotent
    def post(self, request, number, verb):
        """`steps` of the filing names those that you can take; give_missing takes code and file."""
        data, files = fields_of(request)
        with transaction.atomic():
            return self.told(press(self.find(number), verb, data, files, by=request.user, at=self.at))


one = "filings/<case:number>/"
urlpatterns = [
    path("filings/", Filings.as_view(), name="api_filings"),
    path(one, OneFiling.as_view(), name="api_filing"),
    path(f"{one}documents/", Papers.as_view(), name="api_papers"),
    path(f"{one}letters/", Letters.as_view(), name="api_letters"),
    path(f"{one}letters/<verb:name>/", Sign.as_view(), name="api_sign"),
    path(f"{one}<verb:verb>/", Step.as_view(), name="api_step"),
]
