"""A numbered letter as page and as PDF, for whoever may see its case; reading it is on record."""
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xinyijian import audit

from ..business_time import business_now
from ..models import Docket
from . import issued
from .views import PRIVATE


@login_required
@require_safe
def page(request, uuid):
    """To read, and to print from the browser."""
    letter = _find(request, uuid, "page")
    answer = render(request, "cases/letter.html", issued.shown(letter))
    for name, value in PRIVATE.items():
        answer[name] = value
    return answer


@login_required
@require_safe
def pdf(request, uuid):
    """To keep, to send and to print."""
    letter = _find(request, uuid, "pdf")
    name = f'inline; filename="{letter.docket.number}-{letter.kind}.pdf"'
    return HttpResponse(issued.pdf_of(letter), content_type="application/pdf", headers=PRIVATE | {"Content-Disposition": name})


def _find(request, uuid, form):
    at, by = business_now(), request.user
    letter = issued.find(uuid, by=by, at=at)
    if letter is None:
        raise Http404
    docket = letter.docket
    audit.record(
        Docket._meta.label, "read", by=by, at=at, object_id=docket.pk, person_id=docket.person_id, region=docket.region_id,
        on_behalf_of_id=docket.person_id if by.person_id not in (None, docket.person_id) else None,
        data={"as": f"letter {form}", "letter": letter.kind, "language": get_language()})
    return letter
