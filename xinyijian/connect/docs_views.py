"""Pages for engineers: how to start, the OpenAPI document, and Swagger UI under the strict policy of all our pages."""

from pathlib import Path

from django.conf import settings
from django.shortcuts import render
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from xinyijian.casework.api import persons, views
from xinyijian.casework.api.kinds import KINDS
from xinyijian.casework.business_time import business_now
from xinyijian.people import retention

from .scopes import SCOPES

EXAMPLES = Path(__file__).with_name("examples")


def start(request):
    context = {
        "examples": [(path.name, path.read_text(encoding="utf-8")) for path in examples()],
        "kinds": KINDS.values(),
        "scopes": SCOPES.items(),
        "purposes": persons.PURPOSES.items(),
        "version": views.VERSION,
        "site": settings.SITE_URL.rstrip("/"),
        "calls": settings.API_CALLS_A_MINUTE,
        "kept": retention.shortest("answers", business_now()),
        "body": settings.API_LARGEST_BODY // 1024,
        "page": views.PAGE,
        "longest_page": views.LONGEST_PAGE,
    }
    return render(request, "api/start.html", context)


def examples() -> list[Path]:
    """What the page shows and the tests run."""
    return sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".sh", ".py"))


class Schema(SpectacularAPIView):
    """The OpenAPI document, JSON or YAML (?format=json)."""


class Swagger(SpectacularSwaggerSplitView):
    """Swagger UI from our own server; nothing is loaded from elsewhere and no script stands in the page."""

    url_name, template_name, template_name_js, title = "api_schema", "api/docs.html", "api/docs.js", "信易健 REST"
