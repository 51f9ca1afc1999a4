"""Does somebody who is present enjoy the programme, and what is in force for her: asked at every registration, so it is one statement.

It says what `care.eligibility` says at a desk (a test compares them over many families), and writes the event of the look with it.
The answer does not wait until the disk has the event: a power cut may take the looks of its last half second. Whatever changes
something waits.
"""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from xinyijian.casework.api import limits
from xinyijian.casework.api.persons import columns_of, missed, said_of
from xinyijian.casework.check_reach import prefix_of
from xinyijian.casework.days import day_of
from xinyijian.people import masking
from xinyijian.people.crypto import decrypt
from xinyijian.people.models import Role

from .prepared import fetch_one

IN_FORCE = "l.verified_at IS NOT NULL AND l.since <= %(on)s AND (l.until IS NULL OR l.until >= %(on)s)"
QUESTION = f"""
WITH person AS MATERIALIZED (
    SELECT id, psn_no, name, insutype, psn_type, region_id, died_on FROM people_person WHERE {{who}} AND {{reach}} LIMIT 1
), kin AS (
    SELECT id AS rated_id, '' AS relation, NULL::date AS until FROM person
    UNION ALL SELECT l.relative_id, l.relation, l.until FROM people_familylink l JOIN person p ON l.person_id = p.id WHERE {IN_FORCE}
    UNION ALL SELECT l.person_id, CASE l.relation WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE l.relation END, l.until
              FROM people_familylink l JOIN person p ON l.relative_id = p.id WHERE {IN_FORCE}
), rated AS MATERIALIZED (
    SELECT k.rated_id, k.relation, least(k.until, s.valid_until) AS until, s.grade, s.source FROM kin k CROSS JOIN LATERAL (
        SELECT grade, valid_until, source FROM people_standing s
        WHERE s.person_id = k.rated_id AND s.grade <> 'breach' AND s.valid_from <= %(on)s
          AND (s.valid_until IS NULL OR s.valid_until >= %(on)s)
          AND (s.repaired_on IS NULL OR s.repaired_on > %(on)s)
        ORDER BY s.valid_from DESC, s.read_at DESC, s.id DESC LIMIT 1) s
), best AS (
    SELECT r.relation, r.until, r.source FROM rated r JOIN people_person q ON q.id = r.rated_id
    WHERE r.grade = 'excellent' AND (q.died_on IS NULL OR q.died_on > %(on)s)
    ORDER BY r.relation = '' DESC, coalesce(r.until, 'infinity') DESC, r.rated_id LIMIT 1
), quick AS MATERIALIZED (
    SELECT set_config('synchronous_commit', 'off', true)
), noted AS (
    INSERT INTO audit_event (kind, object_id, person_id, verb, source, target, by_id, by_label, region, at, data)
    SELECT 'people.Person', id, id, 'looked_up', '', '', %(by)s, %(label)s, region_id, %(at)s, %(data)s FROM person
)
SELECT p.psn_no, p.name, p.insutype, p.psn_type, p.region_id, p.died_on IS NULL OR p.died_on > %(on)s, EXISTS (SELECT FROM rated),
       b.relation, b.until, b.source,
       (SELECT json_agg(json_build_array(c.kind, c.platform_number, c.place_id, c.starts_on, c.ends_on) ORDER BY c.starts_on, c.id)
        FROM care_coverage c WHERE c.person_id = p.id AND (p.died_on IS NULL OR p.died_on > %(on)s)
          AND c.starts_on <= %(on)s AND (c.ends_on IS NULL OR c.ends_on >= %(on)s))
FROM quick CROSS JOIN person p LEFT JOIN best b ON true
"""
LIVE = "region_id LIKE %(prefix)s AND region_id <> %(sandbox)s AND psn_no <> ''"
TYPES = {"on": "date", "at": "timestamptz", "by": "bigint", "label": "text", "data": "jsonb", "sandbox": "text", "prefix": "text"}
SANDBOX = "region_id = %(sandbox)s AND psn_no LIKE %(prefix)s"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hospital is told: that and through whom (the relation only), never whose credit is how."""

    psn_no: str
    masked_name: str
    insutype: str
    psn_type: str
    region: str
    alive: bool
    verified: bool  # whether anybody's standing is known that could reach her
    relation: str | None  # "" herself; None: she does not enjoy the programme, as far as we know
    until: object
    source: str
    coverages: list  # (kind, platform number, place, first day, last day)

    @property
    def entitled(self) -> bool:
        return self.alive and self.relation is not None

    @property
    def result(self) -> str:
        """Why: excellent, ended (she died), not_verified, or not_entitled."""
        if not self.alive:
            return "ended"
        return "excellent" if self.entitled else "not_entitled" if self.verified else "not_verified"


def ask(caller, wanted, *, at) -> Answer:
    """The answer for the person that `wanted` says (persons.Someone), with its event; Problem "not_found" or "code_refused"."""
    limits.may_miss(caller.client_id)
    columns, now = columns_of(caller, wanted), {"on": day_of(at), "at": at}
    who = {"by": caller.user.pk, "label": Role.CONNECTED.value, "data": json.dumps(said_of(caller, wanted))}
    prefix = caller.organisation_code[2:] if caller.in_sandbox else prefix_of(caller.organisation_kind, caller.region, at)
    reach = {"sandbox": settings.SANDBOX_REGION, "prefix": f"{prefix}%"}
    name = f"eligibility_{len(columns)}_{caller.environment}"  # by number or by certificate; live or sandbox
    types = TYPES | dict.fromkeys(columns, "text")
    row = fetch_one(name, _statement(tuple(columns), caller.in_sandbox), types, now | who | reach | columns)
    if row is None:
        raise missed(caller, wanted, at=at)
    psn_no, name, *facts, coverages = row
    return Answer(psn_no, masking.name(decrypt(name)), *facts, coverages or [])


@cache
def _statement(columns, in_sandbox) -> str:
    return QUESTION.format(who=" AND ".join(f"{one} = %({one})s" for one in columns), reach=SANDBOX if in_sandbox else LIVE)
