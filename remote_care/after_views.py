"""What one takes along: the paper form, and what to do when a stay was paid in full."""
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xinyijian.audit import record
from xinyijian.casework.actors import the_applicant
from xinyijian.casework.business_time import business_now
from xinyijian.casework.letters.content import office_of
from xinyijian.casework.letters.typeset import typeset

from . import drafts, policy
from .draft_views import case_url, find_filing
from .entitlements import of_type
from .paper_form import content_of

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


@login_required
@require_safe
def empty_form(request):
    """S3.32: the form to be filled in with a pen; set once for each language."""
    return _pdf(_empty(get_language(), settings.OFFICIAL_NAME), "form.pdf")


@cache
def _empty(language, name):
    return typeset(content_of(at=business_now()), at=business_now(), sheet="form.typ")


@login_required
@require_safe
def filled_form(request, number):
    """The same with what was filed, to be signed at the counter or kept; that it was made is on record.

    Whoever only looks at the case reads in it what the desk shows: masked.
    """
    at = business_now()
    filing = find_filing(number, by=request.user, at=at)
    whose = {"object_id": filing.docket_id, "person_id": filing.person_id, "region": filing.region_id}
    record("casework.Docket", "read", by=request.user, at=at, data={"as": "form"}, **whose)
    masked = not (the_applicant(filing, request.user) or drafts.may_edit(filing, request.user, at))
    return _pdf(typeset(content_of(filing, at=at, masked=masked), at=at, sheet="form.typ"), f"{filing.number}-form.pdf")


def _pdf(pdf, name):
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
    context = {"filing": filing, "share": of_type(filing.params(), filing.type, filing.insutype), "office": office_of(filing),
               "case_url": case_url(filing), "counts": filing.status in ("accepted", "in_force", "ended"), "tab": "cases"}
    return render(request, "remote_care/reimbursement.html", context)
