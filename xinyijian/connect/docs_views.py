"""Pages for engineers: how to start, the OpenAPI document, and Swagger UI under the strict policy of all our pages."""

from pathlib import Path

from django.conf import settings
from django.shortcuts import render
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from xinyijian.casework.api import idempotency, limits, persons, sandbox_codes, views
from xinyijian.casework.api.kinds import KINDS

from .scopes import SCOPES

EXAMPLES = Path(__file__).with_name("examples")


def start(request):
    return render(
        request,
        "api/start.html",
        {
            "examples": [
                (path.name, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".sh", ".py")
            ],
            "kinds": KINDS.values(),
            "scopes": SCOPES.items(),
            "purposes": persons.PURPOSES.items(),
            "version": views.VERSION,
            "site": settings.SITE_URL,
            "calls": settings.API_CALLS_A_MINUTE,
            "body": settings.API_LARGEST_BODY // 1024,
            "page": views.PAGE,
            "longest_page": views.LONGEST_PAGE,
            "lots": limits.LOTS,
            "header": idempotency.HEADER,
            "code_life": sandbox_codes.LIFE,
        },
    )


class Schema(SpectacularAPIView):
    """The OpenAPI document, JSON or YAML (?format=json)."""


class Swagger(SpectacularSwaggerSplitView):
    """Swagger UI from our own server; nothing is loaded from elsewhere and no script stands in the page."""

    url_name, template_name, template_name_js, title = "api_schema", "api/docs.html", "api/docs.js", "信易健 REST"
