"""The sandbox's own endpoints: a code as from a phone, and a clerk who decides when he is told to. For live keys they do not exist."""

from drf_spectacular.utils import OpenApiExample, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.response import Response

from xinyijian.casework import pages
from xinyijian.casework.api import sandbox_codes
from xinyijian.casework.api.fields import Strict, Text, fields_of, read
from xinyijian.casework.api.idempotency import idempotent
from xinyijian.casework.api.persons import within_reach
from xinyijian.casework.api.pressing import press
from xinyijian.casework.api.problems import Problem
from xinyijian.casework.api.views import ApiView

from . import sandbox


class SandboxView(ApiView):
    """Where live keys get "not found"."""

    problems = ("not_found",)
    http_method_names = ["post"]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not request.auth.in_sandbox:
            raise Problem("not_found")


class CodeWanted(Strict):
    """Whose code."""

    psn_no = Text(max_length=30)


class CodeView(SandboxView):
    """A code of a made-up person."""

    scopes = {"POST": "eligibility:read"}

    @extend_schema(
        operation_id="sandbox_code",
        summary="Sandbox: a code as on a phone",
        tags=["sandbox"],
        request=CodeWanted,
        responses={200: inline_serializer("ShownCode", {"code": serializers.CharField(), "expires_in": serializers.IntegerField()})},
        examples=[
            OpenApiExample("Whose", {"psn_no": "439999000100001"}, request_only=True),
            OpenApiExample("A code", {"code": "SANDBOX6f0c…", "expires_in": 60}, response_only=True, status_codes=["200"]),
        ],
    )
    def post(self, request):
        person = within_reach(request.auth, self.at).filter(psn_no=read(CodeWanted, request.data)["psn_no"]).first()
        if person is None:
            raise Problem("not_found")
        return Response({"code": sandbox_codes.show(request.auth.organisation_code, person.psn_no), "expires_in": sandbox_codes.LIFE})


class DecideView(SandboxView):
    """The sandbox's clerk presses a step of one of your cases: accept, return_to_applicant, refuse, put_in_force …"""

    scopes = {"POST": "filings:write"}

    @extend_schema(
        operation_id="sandbox_decide",
        summary="Sandbox: the clerk decides",
        tags=["sandbox"],
        request={"application/json": {"type": "object", "additionalProperties": True}},
        responses={200: inline_serializer("Decided", {"number": serializers.CharField(), "status": serializers.CharField()})},
        examples=[
            OpenApiExample("Return it", {"because": "The photo is blurred", "redo": ["identity_card"]}, request_only=True),
            OpenApiExample(
                "Decided", {"number": "RC439999-261123-K7Q4MXBT", "status": "returned"}, response_only=True, status_codes=["200"]
            ),
        ],
    )
    @idempotent
    def post(self, request, number, verb):
        case = pages.find_case(number, by=request.user, at=self.at)
        case = press(case, verb, *fields_of(request), by=sandbox.clerk(), at=self.at)
        return Response({"number": case.number, "status": case.status})
