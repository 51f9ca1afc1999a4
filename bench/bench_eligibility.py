"""A hospital asks whether somebody enjoys the programme, against a bare view of django-rest-framework on the same granian.

Ours knows the caller by her token, counts her calls, looks up person, kin, standing and coverage, and writes an event.
"""

import uuid
from urllib.parse import urlencode

import urllib3
from django.utils import timezone

from bench import owner
from bench.ground import seed
from bench.load import drive
from bench.measure import result
from bench.portal import served
from xinyijian.audit.models import Event
from xinyijian.connect import keys
from xinyijian.people.models import Organisation, User

PERSONS, ROUNDS, EACH, CONNECTIONS = 50_000, 7, 3_000, 8
FAMILIES = """
UPDATE people_person SET psn_no = '439901' || lpad(id::text, 9, '0') WHERE id > 1000;
INSERT INTO people_familylink (person_id, relative_id, relation, since, verified_at, proof, case_number, ended_because)
SELECT id, id + 1, 'spouse', date '2026-01-01', now(), '', '', '' FROM people_person
WHERE id > 1000 AND id %% 3 = 0 AND id < 1000 + %(cases)s
UNION ALL SELECT id, id + 2, 'child', date '2026-01-01', now(), '', '', '' FROM people_person
WHERE id > 1000 AND id %% 3 = 0 AND id < 999 + %(cases)s;
INSERT INTO people_standing (person_id, grade, source, reference, valid_from, read_at)
SELECT id, CASE id %% 2 WHEN 0 THEN 'excellent' ELSE 'good' END, 'bench', '', date '2026-01-01', now() FROM people_person WHERE id > 1000;
"""


def run():
    seed(PERSONS, filings=False)
    with owner() as cursor:
        cursor.execute(FAMILIES, {"cases": PERSONS})
        cursor.execute("ANALYZE people_person, people_familylink, people_standing")
    with served() as port:
        token = token_of(port)
        drive(port, [question(port, token, n) for n in range(500)], CONNECTIONS)  # everything is warm
        ours, bare, looks = [], [], Event.objects.filter(verb="looked_up").count()
        for n in range(ROUNDS):
            asked = [question(port, token, n * EACH + k) for k in range(EACH)]
            for requests, times in ((asked, ours), ([BARE % port] * EACH, bare))[:: 1 if n % 2 else -1]:
                times.append(drive(port, requests, CONNECTIONS))
    if Event.objects.filter(verb="looked_up").count() - looks != ROUNDS * EACH:
        raise SystemExit("not every look left its event")
    note = f"{CONNECTIONS} connections; with token, limit, kin, standing, coverage and an event"
    name, units = "eligibility read / bare DRF view (throughput)", {"unit": "µs a request", "per": EACH, "scale": 1e6}
    return [result(name, 0.4, ours, bare, **units, note=note, lower=False)]


BARE = b"GET /api/v1/bare/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"


def question(port, token, n) -> bytes:
    psn_no = f"439901{1001 + n * 7919 % PERSONS:09}"
    address = f"/api/v1/eligibility/?psn_no={psn_no}&code_biz_type=01103"
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def token_of(port) -> str:
    """A key of the county hospital, made by its administrator, and its token."""
    hospital, admin = Organisation.objects.get(code="H43990100001"), User.objects.get(username="hospital-admin")
    made = {"name": "bench", "environment": "live", "scopes": ["eligibility:read"], "key": uuid.uuid4()}
    client, secret = keys.make(hospital, **made, by=admin, at=timezone.now())
    fields = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = urllib3.request("POST", f"http://127.0.0.1:{port}/api/v1/token/", body=urlencode(fields), headers=kind)
    return answer.json()["access_token"]
