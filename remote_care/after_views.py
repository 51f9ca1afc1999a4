"""What one takes along: the paper form, and what to do when a stay was paid in full."""
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xinyijian.audit import record
from xinyijian.casework.business_time import business_now
from xinyijian.casework.letters.content import office_of
from xinyijian.casework.letters.typeset import typeset

from . import policy
from .draft_views import case_url, find_filing
from .entitlements import of_type
from .paper_form import content_of

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


@login_required
@require_safe
def empty_form(request):
    """S3.32: the form to be filled in with a pen."""
    return _pdf(content_of(at=business_now()), "form.pdf")


@login_required
@require_safe
def filled_form(request, number):
    """The same with what was filed, to be signed at the counter or kept; that it was made is on record."""
    at = business_now()
    filing = find_filing(number, by=request.user, at=at)
    whose = {"object_id": filing.docket_id, "person_id": filing.person_id, "region": filing.region_id}
    record("casework.Docket", "read", by=request.user, at=at, data={"as": "form"}, **whose)
    return _pdf(content_of(filing, at=at), f"{filing.number}-form.pdf")


def _pdf(content, name):
    pdf = typeset(content, at=business_now(), sheet="form.typ")
    return HttpResponse(pdf, content_type="application/pdf", headers=PRIVATE | {"Content-Disposition": f'inline; filename="{name}"'})


@login_required
@never_cache
@require_safe
def reimbursement(request, number):
    """S0.14, S0.19: what was paid in full is reimbursed at home; here stands what to bring where. 404 where nothing was paid."""
    at = business_now()
    filing = find_filing(number, by=request.user, at=at)
    facts = filing.facts_for([filing], at)[filing.pk]
    if filing.status == "draft" or policy.settles_directly(facts):
        raise Http404
    context = {"filing": filing, "share": of_type(filing.params(), filing.type), "office": office_of(filing), "case_url": case_url(filing),
               "counts": filing.status in ("accepted", "in_force", "ended"), "tab": "cases"}
    return render(request, "remote_care/reimbursement.html", context)
