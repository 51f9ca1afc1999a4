"""The simulators' doors: two machines' endpoints, an inbox for people, switches for faults."""
import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import signing
from . import credit, faults, messages, platform, sms, wechat

CSS = Path(__file__).with_name("simulators.css")


@require_POST
def platform_door(request):
    """Envelope in, envelope out; errors of the gateway in front have their own shape."""
    envelope, key = json.loads(request.body), request.headers.get("Idempotency-Key", "")
    wrong = platform.gateway_error(request.headers, envelope)
    if wrong:
        return JsonResponse(wrong, status=401)
    switch = platform.FAULTS_OF.get(envelope["infno"], "platform")
    return _answer(request, faults.answer(switch, lambda mode: platform.perform(envelope, key), lambda: platform.refuse(envelope)))


@require_POST
def sms_door(request):
    """Takes one message."""
    return _signed(request, "sms", sms.perform, sms.refuse)


@require_POST
def credit_door(request):
    """Says one grade."""
    return _signed(request, "credit", lambda asked, key, mode: credit.perform(asked, key), credit.refuse)


@require_POST
def wechat_token(request):
    """WeChat's stable_token."""
    return JsonResponse(wechat.token(json.loads(request.body)))


@require_POST
def wechat_door(request):
    """Takes one template message."""
    message, access = json.loads(request.body), request.GET.get("access_token", "")
    return _answer(request, faults.answer("wechat", lambda mode: wechat.perform(message, access, mode), wechat.refuse))


@require_http_methods(["GET", "POST"])
def wechat_window(request):
    """A follower's window to the official account: here the code that binds an account is typed."""
    said, answer = {"follower": request.POST.get("follower", "xiaolan"), "text": request.POST.get("text", "")}, ""
    if request.method == "POST":
        follower = "".join(c for c in said["follower"].lower() if c.isalnum() and c.isascii())[:20] or "somebody"
        answer = wechat.say(f"demo-{follower}", said["text"].strip()[:200], settings.SIMULATORS_PORTAL)
    names = {"what_zh": "微信公众号", "what_en": "WeChat official account"}
    return page(request, "gateways/wechat.html", **names, **said, answer=answer, asked=request.method == "POST")


def _signed(request, gateway, perform, refuse):
    """Doors that are signed in our own way."""
    try:
        key = signing.verify(request.path, request.body, request.headers)
    except signing.BadSignature as error:
        return JsonResponse({"code": "signature", "text": str(error)}, status=401)
    content = json.loads(request.body)
    return _answer(request, faults.answer(gateway, lambda mode: perform(content, key, mode), refuse))


def _answer(request, outcome):
    status, body, drop = outcome
    if drop:
        request.environ["simulators.hang_up"]()
    return JsonResponse(body, status=status)


@require_GET
def inbox(request):
    """All messages, newest first; `q` are the last digits of a phone number."""
    ending = "".join(c for c in request.GET.get("q", "") if c.isascii() and (c.isalnum() or c in "@.-"))[-60:]
    found = messages.shown(ending)
    if request.GET.get("format") == "json":
        return JsonResponse({"messages": found})
    for message in found:
        message["sent_at"] = datetime.fromisoformat(message["sent_at"])
    names = {"what_zh": "短信、微信和邮件", "what_en": "text messages, WeChat and e-mail"}
    return page(request, "gateways/inbox.html", **names, messages=found, ending=ending, unreachable=messages.UNREACHABLE)


@require_http_methods(["GET", "POST"])
def fault_switches(request):
    """JSON {gateway: {mode: share}} in and out, or one mode per gateway from the page."""
    if request.content_type == "application/json":
        return _set_from_json(request)
    if request.method == "POST":
        for gateway in faults.GATEWAYS:
            faults.replace(gateway, {request.POST.get(gateway, "ok"): 1})
        return HttpResponseRedirect(request.path)
    now = faults.current()
    if request.GET.get("format") == "json":
        return JsonResponse(now)
    rows = [(gateway, max(shares, key=shares.get, default="ok")) for gateway, shares in now.items()]
    names = {"what_zh": "网关", "what_en": "gateways"}
    return page(request, "gateways/faults.html", **names, rows=rows, modes=faults.MODES)


def page(request, template, **context):
    """Without a request, so that none of the project's context (user, clock, database) is asked for."""
    context |= {"here": request.get_full_path(), "path": request.path, "language": get_language()}
    return HttpResponse(render_to_string(template, context))


def _set_from_json(request):
    try:
        for gateway, shares in json.loads(request.body).items():
            faults.replace(gateway, {shares: 1} if isinstance(shares, str) else shares)
    except (ValueError, TypeError, AttributeError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(faults.current())


@require_GET
def health(request):
    """Alive, and how many answers are late on purpose just now."""
    return JsonResponse({"status": "ok", "slow": len(faults.dawdling)})


@require_GET
def stylesheet(request):
    """The pages' only style; the content security policy allows no other."""
    return HttpResponse(CSS.read_bytes(), content_type="text/css; charset=utf-8")


def not_found(request, exception):
    """Plain: the project's own page is not for this process."""
    return JsonResponse({"error": "not found"}, status=404)


def failed(request):
    """A bug of the simulators, not a fault that was asked for."""
    return JsonResponse({"error": "simulator failed"}, status=500)
