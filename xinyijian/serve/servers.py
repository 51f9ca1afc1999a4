"""PostgreSQL and Valkey for a command: the embedded ones, or those that DATABASE_URL and REDIS_URL name."""
import os
from dataclasses import dataclass, field

from xinyijian.serve import roles
from xinyijian.serve.places import kept_secrets
from xinyijian.serve.postgres import DURABLE, FORGETFUL, Postgres
from xinyijian.serve.steps import step
from xinyijian.serve.valkey import Valkey

FOR_THE_APPLICATION = ("SECRET_KEY", "INDEX_KEY", "GATEWAY_SECRET", "FIELD_KEYS")


@dataclass
class Servers:
    """What runs, and how it is reached; `started` holds only what is our own."""

    folder: object
    urls: roles.Urls = None
    redis_url: str = ""
    started: dict = field(default_factory=dict)  # name -> Postgres or Valkey of ours

    def settings(self, *, owner=False):
        """What the settings read, apart from what the environment says itself; only migrations are the owner's work."""
        kept = kept_secrets(self.folder)
        return {name: os.environ.get(name, kept[name]) for name in FOR_THE_APPLICATION} | {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.urls.owner if owner else self.urls.app,
            "DATABASE_APP_ROLE": roles.APP,
            "REDIS_URL": self.redis_url,
        }

    def environment(self, *, owner=False):
        """The whole environment of a process of the portal."""
        return os.environ | self.settings(owner=owner) | {"PYTHONUNBUFFERED": "1"}


def start(stack, folder, *, settings=DURABLE):
    """Those of DATABASE_URL and REDIS_URL, else our own; `stack` (an ExitStack) stops what was started. Returns Servers."""
    servers = Servers(folder)
    given = os.environ.get("DATABASE_URL")
    if given:
        use_given_postgres(servers, given)
    else:
        start_postgres(stack, servers, Postgres(folder / "postgres", log=log_of(folder, "postgres"), settings=settings))
    servers.redis_url = os.environ.get("REDIS_URL", "")
    if not servers.redis_url:
        start_valkey(stack, servers)
    return servers


def start_of_the_system(stack, folder, postgres_binaries, redis_binary):
    """The same from programs that the system has installed, whatever the environment names."""
    servers = Servers(folder)
    postgres = Postgres(folder / "postgres", log=log_of(folder, "postgres"), settings=FORGETFUL, binaries=postgres_binaries)
    start_postgres(stack, servers, postgres)
    start_valkey(stack, servers, redis_binary)
    return servers


def use_given_postgres(servers, given):
    """Roles and database on the server that DATABASE_URL names."""
    kept = kept_secrets(servers.folder)
    with step("roles and database on the server of DATABASE_URL"):
        passwords = {roles.OWNER: kept["OWNER_PASSWORD"], roles.APP: kept["APP_PASSWORD"]}
        servers.urls = roles.prepare(given, roles.database_of(given), passwords)


def start_postgres(stack, servers, postgres):
    """Start it, with roles and database."""
    let_the_database_user_in(servers.folder)
    with step(f"PostgreSQL {postgres.major()} ({postgres.folder})"):
        stack.callback(lambda: postgres.process and postgres.stop())
        servers.started["PostgreSQL"] = postgres.start()
        servers.urls = roles.prepare(postgres.url(), "xinyijian")


def start_valkey(stack, servers, binary=None):
    """Start it; `binary` may name a redis-server."""
    password = kept_secrets(servers.folder)["REDIS_PASSWORD"]
    valkey = Valkey(servers.folder / "valkey", log=log_of(servers.folder, "valkey"), password=password, binary=binary)
    with step("Valkey" if binary is None else "redis-server"):
        stack.callback(lambda: valkey.process and valkey.stop())
        servers.started["Valkey"] = valkey.start()
        servers.redis_url = valkey.url


def log_of(folder, name):
    """Where a server or program writes what it has to say."""
    return folder / "log" / f"{name}.log"


def let_the_database_user_in(folder):
    """As root the database runs as another user: it may pass through our folder (not list it) to its own."""
    if os.geteuid() == 0:
        folder.chmod(0o711)
