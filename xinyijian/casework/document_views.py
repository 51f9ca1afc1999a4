"""The one door through which a document is read."""
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from xinyijian import audit
from xinyijian.people import authority, scope

from . import documents
from .business_time import business_now
from .models import Document

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


@login_required
@require_safe
def document(request, uuid):
    """A page of a document as a picture (`?page=2`); 404 for whoever may not see its case. Reading leaves an event."""
    at = business_now()
    visible = Document.objects.visible_to(request.user, at).select_related("docket")
    found = get_object_or_404(visible, uuid=uuid)
    if not _may_read(request.user, found, at):
        raise Http404
    number = _number(request.GET.get("page", "1"), found.pages)
    picture = documents.page(found, number)
    audit.record("documents.read", "read", by=request.user, at=at, object_id=found.pk, person_id=found.person_id,
                 region=found.docket.region_id, data={"page": number})
    name = f"{found.docket.number}-{found.pk}-{number}.jpg"
    return HttpResponse(picture, content_type="image/jpeg", headers={**HEADERS, "Content-Disposition": f'inline; filename="{name}"'})


def _may_read(user, paper, at):
    """The person, who acts for her, and posts that look at papers: seeing a case is not yet that."""
    docket, service = paper.docket, paper.docket.kind.partition(".")[0]
    acts = authority.may_act_for(user, paper.person_id, service, at)
    return acts or scope.holds(user, "documents.read", docket.region_id, docket.organisation_id, at)


def _number(text, pages):
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= pages):
        raise Http404
    return int(text[:6])
