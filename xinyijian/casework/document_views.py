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
    acts = authority.may_act_for(request.user, found.person_id, found.docket.kind.partition(".")[0], at)
    if not acts and not _looks_at_papers(request.user, found.docket, at):
        raise Http404
    number = _number(request.GET.get("page", "1"), found.pages)
    if not documents.still_kept().filter(pk=found.pk).exists():
        raise Http404
    picture = documents.page(found, number)
    behalf = found.person_id if acts and request.user.person_id != found.person_id else None
    audit.look_once("documents.read", "read", by=request.user, at=at, object_id=found.pk, person_id=found.person_id, on_behalf_of_id=behalf,
                    region=found.docket.region_id, data={"page": number})
    name = f"{found.docket.number}-{found.pk}-{number}.jpg"
    return HttpResponse(picture, content_type="image/jpeg", headers={**HEADERS, "Content-Disposition": f'inline; filename="{name}"'})


def _looks_at_papers(user, docket, at):
    """Seeing a case by one's post is not yet leave to read its papers."""
    return scope.holds(user, "documents.read", docket.region_id, docket.organisation_id, at)


def _number(text, pages):
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= pages):
        raise Http404
    return int(text[:6])
