"""GET /api/v1/: which version answers, and what will end when."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from xinyijian.casework.api.views import VERSION, ApiView


class Version(serializers.Serializer):
    """The version of the interface."""

    version = serializers.CharField()
    documentation = serializers.CharField()
    schema = serializers.CharField()


class VersionView(ApiView):
    """For everybody."""

    authentication_classes, permission_classes = [], []
    scopes = {"GET": None}
    http_method_names = ["get"]

    @extend_schema(
        operation_id="version",
        summary="The version",
        tags=["version"],
        auth=[{}],
        responses={200: Version},
        examples=[
            OpenApiExample(
                "Now", {"version": VERSION, "documentation": "/api/", "schema": "/api/schema/"}, response_only=True, status_codes=["200"]
            )
        ],
    )
    def get(self, request):
        return Response({"version": VERSION, "documentation": "/api/", "schema": "/api/schema/"})
