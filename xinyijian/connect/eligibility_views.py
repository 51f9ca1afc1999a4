"""GET and POST /api/v1/eligibility/: what people who register patients ask first."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from xinyijian.casework.api.fields import read
from xinyijian.casework.api.persons import ByNumber, Someone
from xinyijian.casework.api.quick import QuickGet
from xinyijian.casework.days import local

from .eligibility import Answer, ask

RESULTS = ["excellent", "not_entitled", "not_verified", "ended"]
EXAMPLE = {
    "psn_no": "439901000000104",
    "psn_name": "王**",
    "insutype": "390",
    "psn_type": "16",
    "insuplc_admdvs": "439901",
    "trt_enjymnt_flag": "1",
    "trt_chk_rslt": "excellent",
    "through": "child",
    "enddate": "2027-12-31",
    "source": "credit subsystem",
    "coverages": [
        {
            "kind": "remote_filing",
            "trt_dcla_detl_sn": "D2026000001",
            "mdtrtarea_admdvs": "440100",
            "begndate": "2026-11-23",
            "enddate": None,
        }
    ],
    "checked_at": "2026-11-23T10:00:00+08:00",
}
ANSWER = OpenApiExample("Entitled through her child", EXAMPLE, response_only=True, status_codes=["200"])


class CoverageShown(serializers.Serializer):
    """A filing or benefit in force."""

    kind = serializers.CharField()
    trt_dcla_detl_sn = serializers.CharField(help_text="number of the platform")
    mdtrtarea_admdvs = serializers.CharField(allow_null=True, help_text="place of care, six digits")
    begndate = serializers.DateField()
    enddate = serializers.DateField(allow_null=True, help_text="last day; null: no end")


class Eligibility(serializers.Serializer):
    """Whether somebody enjoys the programme today."""

    psn_no = serializers.CharField()
    psn_name = serializers.CharField(help_text="masked: enough to compare with the card in your hand")
    insutype = serializers.CharField()
    psn_type = serializers.CharField()
    insuplc_admdvs = serializers.CharField(help_text="insured in, six digits")
    trt_enjymnt_flag = serializers.ChoiceField(["0", "1"], help_text="1: treat first, ask for papers and deposits later")
    trt_chk_rslt = serializers.ChoiceField(RESULTS, help_text="not_verified: nothing is known, which is nothing bad")
    through = serializers.ChoiceField(["self", "spouse", "parent", "child"], allow_null=True, help_text="what the rated person is to her")
    enddate = serializers.DateField(allow_null=True, help_text="entitled until this day, as known today")
    source = serializers.CharField(allow_null=True)
    coverages = CoverageShown(many=True)
    checked_at = serializers.DateTimeField()


class EligibilityView(QuickGet):
    """By psn_no in the address; a certificate or a code is posted, so that no log knows it. Each look is kept with its purpose."""

    scopes = {"GET": "eligibility:read", "POST": "eligibility:read"}
    problems = ("not_found", "code_refused", "unavailable")
    http_method_names = ["get", "post"]

    @extend_schema(
        operation_id="eligibility_by_number",
        summary="Eligibility by insurance number",
        tags=["eligibility"],
        parameters=[ByNumber],
        responses={200: Eligibility},
        examples=[ANSWER],
    )
    def get(self, request):
        return super().get(request)

    def quick(self, caller, query):
        return shown(ask(caller, read(ByNumber, query), at=self.at), self.at)

    @extend_schema(
        operation_id="eligibility",
        summary="Eligibility by certificate or code",
        tags=["eligibility"],
        request=Someone,
        responses={200: Eligibility},
        examples=[
            ANSWER,
            OpenApiExample(
                "By certificate",
                {"psn_cert_type": "01", "certno": "439901195003081042", "psn_name": "王桂英", "code_biz_type": "01103"},
                request_only=True,
            ),
            OpenApiExample("By the code on her phone", {"code": "28C5…", "code_biz_type": "01101"}, request_only=True),
        ],
    )
    def post(self, request):
        """A question, not a write: no Idempotency-Key. A code serves once, so a repeated question needs a fresh one."""
        return Response(shown(ask(request.auth, read(Someone, request.data), at=self.at), self.at))


def shown(answer: Answer, at) -> dict:
    """With the names of the national interface."""
    told = answer.entitled
    return {
        "psn_no": answer.psn_no,
        "psn_name": answer.masked_name,
        "insutype": answer.insutype,
        "psn_type": answer.psn_type,
        "insuplc_admdvs": answer.region,
        "trt_enjymnt_flag": "1" if told else "0",
        "trt_chk_rslt": answer.result,
        "through": (answer.relation or "self") if told else None,
        "enddate": answer.until if told else None,
        "source": answer.source if told else None,
        "coverages": [
            {"kind": kind, "trt_dcla_detl_sn": number, "mdtrtarea_admdvs": place, "begndate": first, "enddate": last}
            for kind, number, place, first, last in answer.coverages
        ],
        "checked_at": local(at).isoformat(timespec="seconds"),
    }
