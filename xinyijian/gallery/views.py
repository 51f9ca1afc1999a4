from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinyijian.casework.business_time import business_now

from .forms import Sample
from .samples import samples

LAYOUTS = {"desk": "layouts/desk.html", "print": "layouts/print.html"}


def gallery(request):
    """Every component in every state; `?layout=desk` as staff see them, `?layout=print` on paper."""
    _demo_only()
    wrong = Sample({"name": "李", "born": "2030-01-01", "city": "", "paper": "promise"})
    context = {"layout": LAYOUTS.get(request.GET.get("layout"), "layouts/patient.html"), "form": Sample(), "wrong": wrong,
               "viewer": _viewer(), **samples(business_now())}
    return render(request, "gallery/index.html", context)


def _viewer():
    """One sheet of two, as documents_shown makes it for a case."""
    links = dict.fromkeys(("previous_url", "next_url", "turn_url", "larger_url", "smaller_url"), "#viewer")
    return {"current": {"url": reverse("gallery_page"), "word": "1 / 2", "turn": 0, "zoom": 1}, "title": _("Residence permit"), **links}


def page(request):
    """The paper that the viewer shows, drawn and not photographed."""
    _demo_only()
    return HttpResponse(PAPER, content_type="image/svg+xml")


def _demo_only():
    if not settings.DEMO:
        raise Http404


LINES = "".join(f'<rect x="60" y="{y}" width="{480 - y % 90}" height="10" fill="#c3ccd6"/>' for y in range(220, 640, 34))
PAPER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800" viewBox="0 0 600 800">'
    '<rect width="600" height="800" fill="#fff"/>'
    f'<rect x="180" y="90" width="240" height="26" fill="#4a5768"/>{LINES}'
    '<rect x="360" y="690" width="180" height="10" fill="#4a5768"/></svg>'
)
