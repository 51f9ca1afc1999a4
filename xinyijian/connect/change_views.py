"""GET /api/v1/changes/: what happened to one's own cases, to be followed from a cursor."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from xinyijian.casework.api.changes import changes_after
from xinyijian.casework.api.cursors import cursor, place_of
from xinyijian.casework.api.fields import read
from xinyijian.casework.api.pages import PageQuery
from xinyijian.casework.api.views import ApiView
from xinyijian.casework.days import local

EXAMPLE = {
    "changes": [
        {
            "number": "RC439901-261123-K7Q4MXBT",
            "kind": "remote_care.Filing",
            "verb": "accept",
            "from": "submitted",
            "to": "accepted",
            "at": "2026-11-23T10:00:00+08:00",
        }
    ],
    "next_cursor": "ZGVtby5hLu…",
    "more": False,
}


class Change(serializers.Serializer):
    """One thing that happened to a case."""

    number = serializers.CharField()
    kind = serializers.CharField()
    verb = serializers.CharField(help_text="start when the case began")
    at = serializers.DateTimeField()

    def get_fields(self):
        """`from` is a word of Python's, so it cannot be declared above."""
        return super().get_fields() | {"from": serializers.CharField(allow_blank=True), "to": serializers.CharField(allow_blank=True)}


class Changes(serializers.Serializer):
    """Keep next_cursor: the next question goes on from there, also when nothing was new."""

    changes = Change(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    more = serializers.BooleanField(help_text="ask again at once")


class ChangesView(ApiView):
    """The feed of one's own organisation. It names no person."""

    scopes = {"GET": "changes:read"}
    problems = ("wrong_cursor",)
    http_method_names = ["get"]

    @extend_schema(
        operation_id="changes",
        summary="Follow one's cases",
        tags=["changes"],
        parameters=[PageQuery],
        responses={200: Changes},
        examples=[OpenApiExample("One step", EXAMPLE, response_only=True, status_codes=["200"])],
    )
    def get(self, request):
        wish, question = read(PageQuery, request.query_params), f"changes:{request.auth.organisation_id}"
        place = place_of(wish["after"], question)
        rows, onward = changes_after(place, request.auth.organisation_id, wish["limit"])
        return Response(
            {
                "changes": [shown(*row[2:]) for row in rows],
                "next_cursor": cursor(onward, question),
                "more": len(rows) == wish["limit"],
            }
        )


def shown(number, kind, verb, source, target, at) -> dict:
    """One change."""
    return {"number": number, "kind": kind, "verb": verb, "from": source, "to": target, "at": local(at).isoformat(timespec="seconds")}
