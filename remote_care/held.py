"""What was typed while the session had ended: kept, sealed, over the sign-in, and put back on the page."""
import json
import time

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict

from xinyijian.people import crypto

HELD = "held_answers"
LONGEST, LARGEST = 3600, 20_000  # seconds of real time; characters


def to_sign_in(request, keep=False):
    """Send to the sign-in and back; `keep` holds the typed answers on the way. A script gets 401 and keeps the page."""
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=401)
    if keep and request.method == "POST":  # after a sign-out in another tab there is not even a session's cookie
        _hold(request)
    return redirect_to_login(request.path, settings.LOGIN_URL)


def take(request) -> QueryDict | None:
    """The answers that were held for this very page, once; None if there are none."""
    held = request.session.get(HELD)
    if held is None:
        return None
    content = json.loads(crypto.decrypt(held))
    if content["path"] != request.path:
        return None
    del request.session[HELD]
    if time.time() > content["until"]:
        return None
    found = QueryDict(mutable=True)
    for name, values in content["answers"].items():
        found.setlist(name, values)
    return found


def _hold(request):
    answers = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.path, "until": time.time() + LONGEST, "answers": answers}, ensure_ascii=False)
    if len(text) <= LARGEST:
        request.session[HELD] = crypto.encrypt(text)
