"""Two database roles: the owner migrates, the application works; what is append-only the application cannot change."""
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

OWNER, APP = "xinyijian_owner", "xinyijian_app"


@dataclass(frozen=True)
class Urls:
    """How the administrator, the owner and the application reach the database."""

    admin: str
    owner: str
    app: str


def prepare(admin_url, database, passwords=None):
    """Make roles and database where they are missing; `passwords` ({role: password}) only where the server asks for them."""
    passwords = passwords or {}
    with closing(psycopg2.connect(at(admin_url, database="postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            refuse_without_rights(cursor)
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                make_role(cursor, role, rights, passwords.get(role))
            cursor.execute(f"GRANT {APP} TO {OWNER}")
            cursor.execute(f"GRANT {OWNER} TO CURRENT_USER")
            make_database(cursor, database)
    return Urls(admin_url, *(at(admin_url, role, passwords.get(role), database) for role in (OWNER, APP)))


def refuse_without_rights(cursor):
    """Say exactly what the given user lacks."""
    cursor.execute("SELECT current_user, rolsuper OR rolcreaterole, rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user")
    user, may_create_roles, may_create_databases = cursor.fetchone()
    lacking = [word for word, may in (("CREATEROLE", may_create_roles), ("CREATEDB", may_create_databases)) if not may]
    if lacking:
        words = " ".join(lacking)
        raise SystemExit(
            f"The user {user} of DATABASE_URL may not create roles and databases. As a superuser run once:  ALTER ROLE {user} {words};\n"
            f"(or give the URL of a user who may: it makes {OWNER} and {APP}, which the portal then uses)"
        )


def make_role(cursor, role, rights, password):
    """A role with these rights, unless it is there; its password is ours from now on."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if not cursor.fetchone():
        cursor.execute(f"CREATE ROLE {role} {rights}")
    if password:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)), [password])


def make_database(cursor, database):
    """The database, belonging to the owner role, whoever made it."""
    cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database])
    found = cursor.fetchone()
    if not found:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER)))
    elif found[0] != OWNER:
        cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(database), sql.Identifier(OWNER)))


def copy_database(admin_url, source, target):
    """A new database with the tables and rights of another that nobody uses at the moment."""
    _as_admin(admin_url, sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*map(sql.Identifier, (target, source, OWNER))))


def drop_database(admin_url, name):
    """Drop it, whoever is still connected."""
    _as_admin(admin_url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _as_admin(admin_url, statement):
    with closing(psycopg2.connect(at(admin_url, database="postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def at(url, user=None, password=None, database=None):
    """The same server by another user or with another database."""
    parts = urlsplit(url)
    account, _, host = parts.netloc.rpartition("@")
    if user:
        account = f"{user}:{password}" if password else user
    path = f"/{database}" if database else parts.path
    return urlunsplit(("postgresql", f"{account}@{host}" if account else host, path, parts.query, ""))


def database_of(url):
    """The database that a given URL names; the portal does not live in the server's own."""
    name = urlsplit(url).path.strip("/")
    return name if name not in ("", "postgres", "template1") else "xinyijian"
