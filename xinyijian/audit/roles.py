"""What the application's database role may do: nothing that would rewrite what is append-only."""

from django.apps import apps

# A role that is any of these could undo what is withheld from it.
TOO_STRONG = """
SELECT CASE WHEN r.rolsuper THEN 'is a superuser'
            WHEN r.rolname = current_user THEN 'is the role that runs this command'
            WHEN EXISTS (SELECT FROM pg_tables t WHERE t.schemaname = current_schema()
                         AND pg_has_role(r.oid, t.tableowner, 'MEMBER')) THEN 'owns the tables' END
FROM pg_roles r WHERE r.rolname = %s
"""
# Transaction numbers begin again in a restored database; new events must come after the old ones (migration 0001).
OFFSET = """
SELECT greatest(0, (SELECT max(txid) + 1 FROM audit_event) - pg_current_xact_id()::text::bigint),
       audit_transaction() - pg_current_xact_id()::text::bigint
"""


def append_only_tables() -> list[str]:
    """The tables of every model that says `append_only = True`."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def objection(cursor, role) -> str:
    """Why `role` cannot be the application's role; empty when it can."""
    cursor.execute(TOO_STRONG, [role])
    row = cursor.fetchone()
    if row is None:
        return "does not exist: CREATE ROLE it first"
    return row[0] or ""


def grant(cursor, role, quote) -> None:
    """Give `role` what it needs, and take back what it must not have. May be run again and again."""
    name = quote(role)
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
    cursor.execute(f"REVOKE TRUNCATE, TRIGGER ON ALL TABLES IN SCHEMA public FROM {name}, PUBLIC")
    for table in map(quote, append_only_tables()):
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}, PUBLIC")


def go_on_after_restore(cursor) -> int:
    """Raise the offset of transaction numbers when this database is younger than its events; the offset in force."""
    cursor.execute(OFFSET)
    needed, offset = cursor.fetchone()
    if not needed or needed <= offset:
        return offset
    cursor.execute(
        "CREATE OR REPLACE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql STABLE "
        f"AS 'SELECT pg_current_xact_id()::text::bigint + {int(needed)}'"
    )
    return needed
