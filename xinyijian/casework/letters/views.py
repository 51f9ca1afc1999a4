"""The letter about a case, and the public page on which anybody who holds it sees how the case stands now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xinyijian import audit
from xinyijian.casework import pages
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Docket

from .content import content_of, picture_of
from .forms import CodeForm
from .limit import too_many
from .standing import standing_of
from .tokens import Finding, examine
from .typeset import typeset

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}
PUBLIC = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}  # the address is the key


@login_required
@require_safe
def letter(request, number):
    """The letter that fits the case's state, as PDF in the reader's language; 404 for whoever may not see the case. Leaves an event."""
    at, case, content = _read(request, number)
    name = f'inline; filename="{case.number}.pdf"'
    return HttpResponse(typeset(content, at=at), content_type="application/pdf", headers=PRIVATE | {"Content-Disposition": name})


@login_required
@require_safe
def sheet(request, number):
    """The same as a page that the browser prints: no file is left behind where many people use one machine."""
    _at, case, content = _read(request, number)
    context = {"case": case, "sheet": content, "picture": mark_safe(picture_of(case, content))}  # drawn by us
    return HttpResponse(render_to_string("cases/sheet.html", context, request), headers=PRIVATE)


def _read(request, number):
    """(now, the case, what the letter says); the reading is on record."""
    at = business_now()
    case = pages.find_case(number, by=request.user, at=at)
    if case.status == "draft":
        raise Http404  # nothing was received yet
    content = content_of(case, at=at)
    behalf = case.person_id if request.user.person_id not in (None, case.person_id) else None
    audit.record(
        Docket._meta.label,
        "read",
        by=request.user,
        at=at,
        object_id=case.docket_id,
        person_id=case.person_id,
        on_behalf_of_id=behalf,
        region=case.region_id,
        data={"as": "letter", "letter": content["kind"], "language": get_language()},
    )
    return at, case, content


@require_safe
def ask(request):
    """For whoever cannot scan: number and code typed by hand."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("letters:verify", form.token())
    return _page(request, "verify/ask.html", {"form": form}, 422 if form.errors else 200)


@require_safe
def verify(request, token):
    """How the case of this letter stands now; a slip and a forgery are told apart, and neither finds anything (404)."""
    if too_many(request):
        return _page(request, "verify/too_many.html", {}, 429, {"Retry-After": "60"})
    finding, number = examine(token)
    sent = Docket.objects.exclude(status="draft")  # of a draft there is no letter
    docket = sent.filter(number=number).first() if finding is Finding.GENUINE else None
    if docket is None:
        altered = finding is Finding.ALTERED
        return _page(
            request, "verify/unknown.html", {"altered": altered, "number": number, "form": CodeForm(initial={"number": number})}, 404
        )
    at, case = business_now(), docket.case()
    return _page(request, "verify/known.html", {"case": case, "at": at, "standing": standing_of(case, at=at)})


def _page(request, template, context, status=200, more=None):
    return HttpResponse(render_to_string(template, context, request), status=status, headers=PUBLIC | (more or {}))
