"""What every template may use without being handed it."""
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from xinyijian.casework.business_time import business_now
from xinyijian.people.counters import counter, counter_for, counter_of

from .preferences import display_of, language_of


def portal(request) -> dict:
    """Names, switches, the layout for who looks, and the present business time; nothing is asked before it is used."""
    here = {"now": cache(business_now), "layout": lambda: _layout(request), "counter": cache(lambda: _counter(request))}
    return without_database(request) | here


def without_database(request) -> dict:
    """The part that an error page may use."""
    return {
        "official_name": settings.OFFICIAL_NAME,
        "demo": not settings.OFFICIAL_NAME,
        "gallery": settings.DEMO,
        "counter": counter(),
        "display": display_of(request),
        "language": get_language() or language_of(request),
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }


def _counter(request):
    """At a machine where nobody has said who she is, that of the bureau which answers for it."""
    kiosk = getattr(request, "kiosk", None)
    return counter_of(kiosk.organisation.region_id) if kiosk and not request.user.is_authenticated else counter_for(request.user)


def _layout(request) -> str:
    user = getattr(request, "user", None)
    return "layouts/desk.html" if user is not None and user.is_staff else "layouts/patient.html"
