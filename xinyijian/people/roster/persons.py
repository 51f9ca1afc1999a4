"""What the database does with persons: judge all rows of the file as a set, then write batches of those that differ."""

from ..models import Person
from .columns import GROUPS, SHARE, WHOLE
from .copying import copy, make, run

STAGED = "line int, problems text, masked text, cert_type text, cert_digest text, psn_no text, region text, digest text"
SEALED = (
    "verdict char, name text, cert_number text, phone text, address text, name_digest text, cert_digest text, phone_digest text, "
    "cert_type text, psn_no text, born_on date, sex text, region text, insutype text, psn_type text, died_on date, digest text"
)
SAME = f"""
CREATE TEMP TABLE roster_same AS
SELECT s.line, p.id AS person_id, p.psn_no, min(s.line) OVER (PARTITION BY p.id) AS first
FROM roster_seen s JOIN people_person p ON substr(p.roster_digest, 1, {WHOLE}) = s.whole WHERE p.roster_digest <> ''
"""
JUDGE = """
CREATE TEMP TABLE roster_verdict AS
WITH certificate AS (SELECT cert_digest, cert_type, min(line) AS first FROM roster_person WHERE problems = ''
                     GROUP BY 1, 2 HAVING count(*) > 1),
     number AS (SELECT psn_no, min(line) AS first FROM roster_person WHERE problems = '' GROUP BY 1 HAVING count(*) > 1),
     judged AS (
        SELECT r.line, r.masked, r.psn_no, p.id AS person_id, CASE
            WHEN r.problems <> '' THEN r.problems
            WHEN place.code IS NULL THEN 'region'
            WHEN m.line IS NOT NULL THEN 'cert_twice:' || m.line
            WHEN r.line > c.first THEN 'cert_twice:' || c.first
            WHEN r.line > n.first THEN 'psn_no_twice:' || n.first
            WHEN other.id <> coalesce(p.id, 0) THEN 'psn_no_taken'
            ELSE '' END AS problems,
            CASE WHEN p.id IS NULL THEN 'n' WHEN p.roster_digest <> r.digest THEN 'c' ELSE 's' END AS verdict
        FROM roster_person r
        LEFT JOIN people_region place ON place.code = r.region
        LEFT JOIN certificate c ON c.cert_digest = r.cert_digest AND c.cert_type = r.cert_type
        LEFT JOIN number n ON n.psn_no = r.psn_no
        LEFT JOIN people_person p ON p.cert_digest = r.cert_digest AND p.cert_type = r.cert_type
        LEFT JOIN roster_same m ON m.person_id = p.id AND m.line = m.first
        LEFT JOIN people_person other ON other.psn_no = r.psn_no AND other.psn_no <> ''
        UNION ALL
        SELECT line, '', psn_no, person_id, CASE WHEN line > first THEN 'cert_twice:' || first ELSE '' END, 's' FROM roster_same)
SELECT line, masked, psn_no, person_id, problems, CASE WHEN problems = '' THEN verdict ELSE 'r' END::"char" AS verdict FROM judged
"""
UNSEEN = "SELECT s.line FROM roster_seen s WHERE NOT EXISTS (SELECT FROM roster_same d WHERE d.line = s.line) ORDER BY 1"
SAME_COLUMNS = (
    "name", "cert_number", "phone", "address", "name_digest", "cert_digest", "phone_digest", "cert_type", "psn_no", "born_on", "sex",
    "insutype", "psn_type", "died_on",
)  # fmt: skip
DIGESTS = {"name": "name_digest", "phone": "phone_digest"}  # what goes with a column of a group
LOCK = """
SELECT p.id FROM people_person p JOIN roster_sealed s USING (cert_digest, cert_type)
WHERE s.verdict = 'c' ORDER BY p.id FOR NO KEY UPDATE OF p
"""


def forget() -> None:
    """Nothing has been put aside yet."""
    make("roster_same", "line int, person_id bigint, psn_no text, first int")


def anybody() -> bool:
    """Whether a roster has been here before."""
    return Person.objects.exclude(roster_digest="").exists()


def see(pieces) -> None:
    """Put aside the rows that say what the roster said last; UNSEEN gives the lines of all others."""
    make("roster_seen", "line int, whole text")
    copy("roster_seen", pieces)
    run("ANALYZE roster_seen")
    run("DROP TABLE pg_temp.roster_same")
    run(SAME)
    run("ANALYZE roster_same")


def stage(pieces) -> None:
    """All rows that are left as digests; then what is to become of each."""
    make("roster_person", STAGED)
    copy("roster_person", pieces)
    run("ANALYZE roster_person")
    run("DROP TABLE IF EXISTS pg_temp.roster_verdict")
    run(JUDGE)
    run("DROP TABLE roster_person")
    make("roster_sealed", SEALED, "ON COMMIT DELETE ROWS")


def write(piece: bytes) -> dict:
    """One batch, in the caller's transaction: how many were new, changed, or came into being meanwhile by another door."""
    copy("roster_sealed", [piece])
    wanted = run("SELECT 1 FROM roster_sealed WHERE verdict = 'n'")
    new = run(_insert())
    changed = run(_update()) if run(LOCK) else 0
    return {"new": new, "changed": changed, "met": wanted - new}


def _insert() -> str:
    values = {column: column for column in SAME_COLUMNS} | {"region_id": "region", "roster_digest": "digest"}
    values |= defaults(Person, values)
    return (
        f"INSERT INTO people_person ({', '.join(values)}) SELECT {', '.join(values.values())} FROM roster_sealed "
        "WHERE verdict = 'n' ON CONFLICT DO NOTHING"
    )


def defaults(model, given) -> dict:
    """{column: SQL text} of the columns that the import does not know and the database has no default for."""
    fields = (f for f in model._meta.concrete_fields if f.column not in given and not f.primary_key and not f.has_db_default())
    return {f.column: _literal(f) for f in fields}


def _literal(field) -> str:
    value = field.get_default()
    return "NULL" if value is None else f"'{field.get_prep_value(value)}'"


def _update() -> str:
    """A group is written when the roster says something new about it; where it speaks for the first time, what people gave us stays."""
    columns = [*(_column(name, group) for group in GROUPS for name in _columns(group)), "roster_digest = s.digest"]
    return (
        f"UPDATE people_person p SET {', '.join(columns)} FROM roster_sealed s "
        "WHERE s.verdict = 'c' AND p.cert_digest = s.cert_digest AND p.cert_type = s.cert_type AND p.roster_digest <> s.digest"
    )


def _columns(group):
    return [column for name in GROUPS[group] for column in (name, DIGESTS.get(name)) if column]


def _column(name, group):
    first = WHOLE + list(GROUPS).index(group) * SHARE + 1
    says_new = f"substr(p.roster_digest, {first}, {SHARE}) <> substr(s.digest, {first}, {SHARE})"
    if group == "contact":
        says_new += " AND (p.roster_digest <> '' OR p.phone = '' AND p.address = '')"
    ours = "region_id" if name == "region" else name
    return f"{ours} = CASE WHEN {says_new} THEN s.{name} ELSE p.{ours} END"
