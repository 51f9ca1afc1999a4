"""How long casework keeps what people handed in and what was sent to them."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.people.retention import keep, older_than

from . import page_store
from .models import KeptAnswer, Sending

IDENTITY = (
    "identity_card",
    "social_security_card",
    "insurance_code",
    "birth_certificate",
    "household_register",
    "household_register_front",
    "household_register_page",
    "evidence",
    "face",
)  # show who somebody is, not what was decided
TERMS = "unnest(%(regions)s::text[], %(before)s::timestamptz[]) AS term(region, before)"
# Over: the case is closed, or decided and nobody has to do anything; or a draft that was left lying. A paper shared by several cases
# stays as long as the last of them needs it.
OVER = """
SELECT p.stored FROM casework_document p JOIN casework_docket d ON d.id = p.docket_id JOIN {terms} ON term.region = d.region_id
LEFT JOIN LATERAL (SELECT max(at) AS at FROM casework_decision WHERE docket_id = d.id) decided ON true
WHERE {kinds} AND NOT EXISTS (SELECT FROM casework_erasedpages e WHERE e.stored = p.stored)
GROUP BY p.stored HAVING bool_and(coalesce(CASE
    WHEN {held} THEN false
    WHEN d.closed_at IS NOT NULL THEN greatest(d.closed_at, decided.at) < term.before
    WHEN d.status = 'draft' THEN d.opened_at < term.before
    WHEN d.queue_role = '' THEN decided.at < term.before END, false))
   AND NOT EXISTS (SELECT FROM casework_document q WHERE q.stored = p.stored AND NOT ({others}))
ORDER BY p.stored LIMIT %(size)s
"""
HOLDS: list[str] = []  # SELECTs of dockets whose papers somebody still has to look at


def hold(dockets_sql: str) -> None:
    """While this SELECT names a docket, its pictures stay, whatever the term says. Other apps add theirs in their retention.py."""
    HOLDS.append(dockets_sql)


def _pages(kinds_sql):
    """A sweep that removes the pictures and remembers that it did; the row with its fingerprint stays as evidence."""

    def sweep(terms, size):
        held = " OR ".join(["false", *(f"d.id IN ({dockets})" for dockets in HOLDS)])  # asked late: other apps are loaded after this one
        sql = OVER.format(terms=TERMS, held=held, kinds=kinds_sql.format("p"), others=kinds_sql.format("q"))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO casework_erasedpages (stored) {sql} ON CONFLICT DO NOTHING RETURNING stored", _values(terms, size))
            names = [name for (name,) in cursor.fetchall()]
        transaction.on_commit(lambda: [page_store.remove(name) for name in names])  # left over by a crash: the daily sweep of orphans
        return len(names)

    return sweep


def _texts(terms, size):
    """What a message said; that it was sent, when and with which receipt stays. What is still to be phoned or posted is not over."""
    sql = f"""UPDATE casework_notice SET text = '' WHERE id IN (
        SELECT n.id FROM casework_notice n JOIN people_person p ON p.id = n.recipient_id
        LEFT JOIN casework_docket d ON d.id = n.docket_id JOIN {TERMS} ON term.region = coalesce(d.region_id, p.region_id)
        WHERE n.at < term.before AND n.text <> '' AND n.next_try_at IS NULL
        AND n.state NOT IN ('letter', 'failed') ORDER BY n.id LIMIT %(size)s)"""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING id", _values(terms, size))
        ids = [pk for (pk,) in cursor.fetchall()]
    Sending.objects.filter(notice__in=ids).update(said="")  # and what was said about it on the phone
    return len(ids)


def _values(terms, size):
    return {"regions": [region for region, _at in terms], "before": [at for _region, at in terms], "size": size, "identity": list(IDENTITY)}


keep(
    "identity_images",
    _("Pictures of identity papers and faces"),
    _("from the decision or the end of the case, so that an appeal is over"),
    basis="PIPL-19",
    sweep=_pages("{}.kind = ANY(%(identity)s)"),
)
keep(
    "papers",
    _("Pictures of other papers"),
    _("from the decision or the end of the case"),
    basis="PIPL-19",
    sweep=_pages("{}.kind <> ALL(%(identity)s)"),
)
keep("messages", _("What messages said"), _("from the sending; that they were sent stays"), basis="PIPL-19", sweep=_texts)
keep(
    "answers",
    _("Answers to requests of hospitals' systems, in case one is repeated"),
    _("from the answer; sealed"),
    basis="PIPL-19",
    sweep=older_than(KeptAnswer, "at"),
    real_time=True,
)
keep("cases", _("Cases, decisions and their numbers"), _("stay: they prove what was decided and on which facts"), basis="PIPL-19")
