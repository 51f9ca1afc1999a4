"""Pages of the simulated platform: its people, their grades, and an e-voucher code on the screen of a phone."""
import io
import json

import segno
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import people, vouchers
from .views import not_found, page

NAMES = {"what_zh": "医保平台与信用系统", "what_en": "insurance platform and credit subsystem"}


@require_http_methods(["GET", "POST"])
def everybody(request):
    """All people; tests add theirs as JSON."""
    if request.method == "POST":
        return _add(request)
    if request.GET.get("format") == "json":
        return JsonResponse({"people": people.everybody()})
    return page(request, "gateways/people.html", **NAMES, people=people.everybody(), grades=people.GRADES)


def _add(request):
    try:
        people.add(json.loads(request.body))
    except (ValueError, KeyError, TypeError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"status": "ok"})


@require_POST
def grade(request, psn_no):
    """From now on the credit subsystem says this."""
    try:
        people.grade(psn_no, request.POST.get("grade", ""))
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return HttpResponseRedirect(f"/people/#p{psn_no}")


@require_POST
def ask_voucher(request, psn_no):
    """A fresh code; as JSON with `seconds` for tests."""
    if people.one(psn_no) is None:
        return not_found(request, None)
    if request.content_type == "application/json":
        seconds = float(json.loads(request.body).get("seconds", vouchers.LIFETIME))
        return JsonResponse({"code": vouchers.fresh(psn_no, seconds)})
    return HttpResponseRedirect(f"/vouchers/{vouchers.fresh(psn_no)}/")


@require_GET
def voucher(request, code):
    """The code in digits and as a picture, and how long it still lives."""
    row = vouchers.find(code)
    if row is None:
        return not_found(request, None)
    groups = " ".join(code[start : start + 4] for start in range(0, len(code), 4))
    context = {"code": code, "groups": groups, "seconds": row["seconds"], "used": bool(row["used_by"]), "person": people.one(row["psn_no"])}
    return page(request, "gateways/voucher.html", **NAMES, **context)


@require_GET
def picture(request, code):
    """The code as a QR picture."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="svg", scale=8, border=3, dark="#1f2a37", light="#fff")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
