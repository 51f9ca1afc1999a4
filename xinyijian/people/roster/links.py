"""What the database does with family ties: judge all rows as a set, then write those that are new, ended or now verified.

A tie is one row for two people, whichever of them the file names first. It is never opened again and never ended because
a file is silent about it: somebody may have ended it here, and files are often partial. What a case has registered ends by
that case alone, which tells both sides and keeps why: a row that would end it goes to a clerk.
"""

from ..models import FamilyLink
from .copying import copy, make, run
from .persons import defaults

STAGED = (
    "line int, problems text, masked text, person_no text, relative_no text, relation text, "
    "since date, until date, proof text, verified date"
)
# A dry run also knows those who would be new; their numbers are negative.
KNOWN = "SELECT psn_no, id FROM people_person WHERE psn_no <> ''"
KNOWN_DRY = KNOWN + " UNION SELECT psn_no, coalesce(person_id, -line) FROM roster_verdict WHERE verdict IN ('n', 'c')"
TURNED = "CASE {relation} WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE {relation} END"
JUDGE = """
CREATE TEMP TABLE roster_tie AS
WITH known AS ({known}),
     ours AS (SELECT id, least(person_id, relative_id) AS low, greatest(person_id, relative_id) AS high,
                     CASE WHEN person_id < relative_id THEN relation ELSE {ours_turned} END AS tie, since, until, verified_at, case_number
              FROM people_familylink),
     standing AS (SELECT * FROM ours WHERE until IS NULL),
     ended AS (SELECT DISTINCT low, high, tie, since FROM ours WHERE until IS NOT NULL),
     found AS (SELECT r.*, a.id AS a, b.id AS b, least(a.id, b.id) AS low, greatest(a.id, b.id) AS high,
                      CASE WHEN a.id < b.id THEN r.relation ELSE {file_turned} END AS tie
               FROM roster_link r LEFT JOIN known a ON a.psn_no = r.person_no LEFT JOIN known b ON b.psn_no = r.relative_no),
     twice AS (SELECT low, high, coalesce(until, 'infinity') AS until, min(line) AS first FROM found WHERE problems = ''
               GROUP BY 1, 2, 3 HAVING count(*) > 1),
     judged AS (
        SELECT f.*, s.id AS link_id, CASE
            WHEN f.problems <> '' THEN f.problems
            WHEN f.a IS NULL THEN 'person'
            WHEN f.b IS NULL THEN 'relative'
            WHEN f.a = f.b THEN 'link_self'
            WHEN f.line > t.first THEN 'link_twice:' || t.first
            WHEN e.low IS NOT NULL THEN ''
            WHEN s.tie <> f.tie AND f.until IS NULL THEN 'link_conflict'
            WHEN s.tie = f.tie AND f.until IS NOT NULL AND s.case_number <> '' THEN 'link_case:' || s.case_number
            WHEN s.tie = f.tie AND f.until < s.since THEN 'until'
            ELSE '' END AS problem,
            CASE WHEN e.low IS NOT NULL THEN 's'
                 WHEN s.tie = f.tie AND (f.until IS NOT NULL OR f.verified IS NOT NULL AND s.verified_at IS NULL) THEN 'c'
                 WHEN s.tie = f.tie THEN 's' ELSE 'n' END AS judgement
        FROM found f
        LEFT JOIN standing s ON s.low = f.low AND s.high = f.high
        LEFT JOIN ended e ON e.low = f.low AND e.high = f.high AND e.tie = f.tie AND e.since = f.since
        LEFT JOIN twice t ON t.low = f.low AND t.high = f.high AND t.until = coalesce(f.until, 'infinity'))
SELECT line, masked, a, b, relation, since, until, proof, verified, link_id, problem AS problems,
       CASE WHEN problem = '' THEN judgement ELSE 'r' END::"char" AS verdict FROM judged
"""
BATCH = "line >= %(first)s AND line < %(last)s"
UPDATE = f"""
UPDATE people_familylink l SET until = coalesce(t.until, l.until), verified_at = coalesce(l.verified_at, {{verified_at}}),
       proof = CASE WHEN l.verified_at IS NULL AND t.verified IS NOT NULL THEN t.proof ELSE l.proof END
FROM roster_tie t WHERE l.id = t.link_id AND t.verdict = 'c' AND {BATCH}
"""
VERIFIED_AT = "t.verified::timestamp AT TIME ZONE 'Asia/Shanghai'"


def stage(pieces, *, dry_run: bool) -> None:
    """All rows, and what is to become of each."""
    make("roster_link", STAGED)
    copy("roster_link", pieces)
    run("ANALYZE roster_link")
    run("DROP TABLE IF EXISTS pg_temp.roster_tie")
    turned = {"ours_turned": TURNED.format(relation="relation"), "file_turned": TURNED.format(relation="r.relation")}
    run(JUDGE.format(known=KNOWN_DRY if dry_run else KNOWN, **turned))
    run("DROP TABLE roster_link")
    run("CREATE INDEX ON roster_tie (line)")


def write(first: int, last: int) -> dict:
    """The rows of these lines (the last is not among them), in the caller's transaction."""
    span = {"first": first, "last": last}
    new = run(_insert(), **span)
    return {"new": new, "changed": run(UPDATE.format(verified_at=VERIFIED_AT), **span)}


def _insert() -> str:
    values = {"person_id": "t.a", "relative_id": "t.b", "verified_at": VERIFIED_AT}
    values |= {column: f"t.{column}" for column in ("relation", "since", "until", "proof")}
    values |= defaults(FamilyLink, values)
    return (
        f"INSERT INTO people_familylink ({', '.join(values)}) SELECT {', '.join(values.values())} FROM roster_tie t "
        f"WHERE t.verdict = 'n' AND {BATCH} ORDER BY t.line ON CONFLICT DO NOTHING"
    )
