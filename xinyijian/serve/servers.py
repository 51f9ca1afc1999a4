"""PostgreSQL and Valkey for a command: the embedded ones, or those that DATABASE_URL and REDIS_URL name."""
import os
from dataclasses import dataclass, field

from xinyijian.serve import roles
from xinyijian.serve.places import kept_secrets
from xinyijian.serve.postgres import DURABLE, Postgres
from xinyijian.serve.steps import step
from xinyijian.serve.valkey import Valkey

FOR_THE_APPLICATION = ("SECRET_KEY", "INDEX_KEY", "GATEWAY_SECRET", "FIELD_KEYS")


@dataclass
class Servers:
    """What runs, and how it is reached."""

    folder: object
    urls: roles.Urls = None
    redis_url: str = ""
    started: dict = field(default_factory=dict)  # name -> Postgres or Valkey of ours

    def environment(self, *, owner=False):
        """What a process of the portal reads; only migrations are the owner's work."""
        kept = kept_secrets(self.folder)
        own = {name: kept[name] for name in FOR_THE_APPLICATION}
        return {
            **own, **os.environ,
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.urls.owner if owner else self.urls.app,
            "DATABASE_APP_ROLE": roles.APP,
            "REDIS_URL": self.redis_url,
            "PYTHONUNBUFFERED": "1",
        }


def start(stack, folder, *, settings=DURABLE, postgres="postgres", binaries=None, redis_binary=None):
    """Start both, or take the given ones; `stack` (an ExitStack) stops what was started. Returns Servers."""
    servers = Servers(folder)
    logs = folder / "log"
    logs.mkdir(parents=True, exist_ok=True)
    let_the_database_user_in(folder)
    start_postgres(stack, servers, Postgres(folder / postgres, log=logs / f"{postgres}.log", settings=settings, binaries=binaries))
    password = kept_secrets(folder)["REDIS_PASSWORD"]
    start_redis(stack, servers, Valkey(folder / "valkey", log=logs / "valkey.log", password=password, binary=redis_binary))
    return servers


def start_postgres(stack, servers, postgres):
    given = os.environ.get("DATABASE_URL")
    if given:
        kept = kept_secrets(servers.folder)
        with step("roles and database on the server of DATABASE_URL"):
            passwords = {roles.OWNER: kept["OWNER_PASSWORD"], roles.APP: kept["APP_PASSWORD"]}
            servers.urls = roles.prepare(given, roles.database_of(given), passwords)
        return
    with step(f"PostgreSQL {postgres.major()} ({postgres.folder})"):
        stack.callback(lambda: postgres.process and postgres.stop())
        servers.started["PostgreSQL"] = postgres.start()
        servers.urls = roles.prepare(postgres.url(), "xinyijian")


def start_redis(stack, servers, valkey):
    servers.redis_url = os.environ.get("REDIS_URL", "")
    if not servers.redis_url:
        with step("Valkey"):
            stack.callback(lambda: valkey.process and valkey.stop())
            servers.started["Valkey"] = valkey.start()
            servers.redis_url = valkey.url


def let_the_database_user_in(folder):
    """As root the database runs as another user: it may pass through our folder (not list it) to its own."""
    if os.geteuid() == 0:
        folder.chmod(0o711)
