"""script/manage: any management command with the servers up; only what was started for it is stopped after it."""
import os
import subprocess
import sys
from contextlib import ExitStack, closing, redirect_stdout

import psycopg2

from xinyijian.serve import servers as databases
from xinyijian.serve.places import ROOT, data_folder, take_lock
from xinyijian.serve.server import run, running

OF_THE_OWNER = {"migrate", "secure_database", "makemigrations", "sqlmigrate", "squashmigrations", "sqlflush"}


def main(arguments):
    """The command's own exit code. The owner's role is used where tables are made, the application's everywhere else."""
    owner = bool(arguments) and arguments[0] in OF_THE_OWNER
    folder = data_folder()
    with ExitStack() as stack:
        env = environment(stack, folder, owner)
        return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env).returncode


def environment(stack, folder, owner):
    """That of the running servers; else start PostgreSQL and Valkey for the time of the command."""
    if take_lock(folder):
        with redirect_stdout(sys.stderr):
            servers = databases.start(stack, folder)
            if not owner and not has_tables(servers.urls.owner):
                run("migrations", ["-m", "xinyijian.serve.prepare", "owner"], servers.environment(owner=True))
            return servers.environment(owner=owner)
    known = running(folder)
    if not known:
        sys.exit("The servers are just starting; try again when script/server has printed its address.")
    return os.environ | known | {"DATABASE_URL": known["OWNER_URL" if owner else "DATABASE_URL"]}


def has_tables(url):
    """Whether this database was ever migrated."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        return cursor.fetchone()[0]
