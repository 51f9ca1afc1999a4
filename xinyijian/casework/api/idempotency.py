"""A write happens once for each Idempotency-Key of a client: its answer is a row in the effect's own transaction: both or neither.

In flight → 409, the same key for another body → 422, done → the same answer again, refused → asked again;
whoever was looked at by then stays on record.
"""

import hashlib
import json
import re
from functools import wraps

from django.db import connection, transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from xinyijian.audit import looks_survive
from xinyijian.casework.models import KeptAnswer
from xinyijian.people.crypto import decrypt, encrypt

from .problems import Problem

HEADER = "Idempotency-Key"
USABLE = re.compile(r"[!-~]{8,200}")


def idempotent(method):
    """For post, put, patch and delete of an ApiView."""

    @wraps(method)
    def once(view, request, *args, **kwargs):
        key, print_ = key_of(request), fingerprint(request)
        with looks_survive(), transaction.atomic():
            _take(request.auth.client_id, key)
            kept = KeptAnswer.objects.filter(client_id=request.auth.client_id, key=key).first()
            if kept:
                return _again(kept, print_)
            response = method(view, request, *args, **kwargs)
            _keep(response, request.auth.client_id, key, print_)
            return response

    once.needs_key = True
    return once


def key_of(request) -> str:
    """The header, or Problem "key_missing"."""
    key = request.headers.get(HEADER, "")
    if not USABLE.fullmatch(key):
        raise Problem("key_missing")
    return key


def fingerprint(request) -> str:
    """Of what is asked, not of how it was written: the order of fields and the border of a multipart body do not count."""
    files = {name: [hashlib.sha256(b"".join(one.chunks())).hexdigest() for one in request.FILES.getlist(name)] for name in request.FILES}
    fields = {name: request.data.getlist(name) for name in request.data if name not in files} if files else request.data
    said = [request.method, request.get_full_path(), fields, files]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _take(client_id, key):
    """Nobody else works on this key until our transaction ends; nor does anybody wait."""
    number = int.from_bytes(hashlib.sha256(f"{client_id}\0{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Problem("in_flight", retry_after=1)


def _again(kept, print_):
    if kept.fingerprint != print_:
        raise Problem("key_reused")
    headers = {"Idempotency-Replayed": "true"} | ({"Location": kept.location} if kept.location else {})
    return Response(json.loads(decrypt(kept.body)), status=kept.code, headers=headers)


def _keep(response, client_id, key, print_):
    body = encrypt(JSONRenderer().render(response.data).decode())
    KeptAnswer.objects.create(
        client_id=client_id,
        key=key,
        fingerprint=print_,
        code=response.status_code,
        body=body,
        location=response.headers.get("Location", ""),
        at=timezone.now(),
    )
