"""What was typed while the session had ended: kept, sealed, over the sign-in, and put back on the page."""
import json
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from xinyijian.people import crypto

HELD = "held_pages"  # {path: sealed}, the oldest first
AGAIN = _("You had been signed out, so what you pressed last did not happen. Photos and signatures have to be given again there.")
LONGEST, LARGEST, MOST = 3600, 20_000, 12  # seconds of real time; characters of a page; pages, when several stood open


def to_sign_in(request, keep=False):
    """Send to the sign-in and back; `keep` holds the typed answers on the way. A script gets 401 and keeps the page.

    A file or a signature is never held: where one was sent, the way back says so.
    """
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=401)
    if request.method == "POST":  # after a sign-out in another tab there is not even a session's cookie
        _hold(request) if keep else messages.warning(request, AGAIN)
    return redirect_to_login(request.path, settings.LOGIN_URL)


def take(request) -> QueryDict | None:
    """The answers that were held for this very page, once; None if there are none."""
    held = request.session.get(HELD, {})
    if request.path not in held:
        return None
    content = json.loads(crypto.decrypt(held[request.path]))
    request.session[HELD] = {path: sealed for path, sealed in held.items() if path != request.path}
    if time.time() > content["until"]:
        return None
    found = QueryDict(mutable=True)
    for name, values in content["answers"].items():
        found.setlist(name, values)
    return found


def _hold(request):
    answers = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    text = json.dumps({"until": time.time() + LONGEST, "answers": answers}, ensure_ascii=False)
    others = [(path, sealed) for path, sealed in request.session.get(HELD, {}).items() if path != request.path]
    if len(text) <= LARGEST:  # what nobody came back for makes room
        request.session[HELD] = dict([*others, (request.path, crypto.encrypt(text))][-MOST:])
