"""Many small questions to the whole portal, each through every middleware, none leaving a trace; and what every answer must carry.

A page is drawn for the first who may read it; for those after her only the answer's status is of interest.
"""

import re
import time
from io import BytesIO
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.template.base import Template
from django.utils.safestring import SafeString

from tests.remote_care.walking import browser

STRICT = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "form-action": "'self'",
          "frame-ancestors": "'none'", "base-uri": "'none'"}
INLINE = re.compile(r"\sstyle=|\son\w+=|<script(?![^>]*src=)")
TROUBLE = ("400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html")


class Asker:
    """One device of somebody (None: nobody) who has signed in a moment ago."""

    def __init__(self, user=None):
        client = browser(user)
        if user:
            session = client.session
            session["seen_at"] = time.time() + 3600  # else every request would note it anew
            session.save()
        self.user, self.handler = user, BaseHandler()
        self.handler.load_middleware()
        self.cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())

    def ask(self, method, address, *, csrf=False):
        """The answer to a GET, or to a POST of nothing at all, of which whatever it wrote is undone."""
        path = urlsplit(address)
        request = WSGIRequest({
            "REQUEST_METHOD": method.upper(), "PATH_INFO": path.path, "QUERY_STRING": path.query, "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookies, "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "0",
            "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": BytesIO()})
        request._dont_enforce_csrf_checks = not csrf
        if method == "GET":
            return self.handler.get_response(request)
        with transaction.atomic():
            answer = self.handler.get_response(request)
            transaction.set_rollback(True)
        return answer


class Pen:
    """Draws pages while it is down; the pages of trouble always."""

    def __init__(self, monkeypatch):
        self.down = True
        monkeypatch.setattr(Template, "_render", lambda template, context: self.draw(template, context))

    def draw(self, template, context):
        was = self.down
        self.down = was or template.name in TROUBLE
        try:
            return template.nodelist.render(context) if self.down else SafeString("")
        finally:
            self.down = was


def check_headers(answer, address):
    """The strict policy, and nothing that could be run from within the page."""
    policy = policy_of(answer)
    if policy.get("default-src") == "'none'" and "sandbox" in policy:
        return  # a paper or a PDF: stricter still
    assert {name: policy.get(name) for name in STRICT} == STRICT, (address, policy)
    assert not re.search("unsafe|https?:|\\*", answer.headers["Content-Security-Policy"]), address
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["X-Frame-Options"] == "DENY", address
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer") and "Cross-Origin-Opener-Policy" in answer.headers, address


def policy_of(answer) -> dict:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _space, sources in parts if name}
