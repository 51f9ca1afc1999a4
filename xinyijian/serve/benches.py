"""script/bench: each bench on a fresh database of a throw-away server that forgets nothing (fsync on), with the same settings for all."""
import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, redirect_stdout
from pathlib import Path

from xinyijian.serve import roles
from xinyijian.serve import servers as databases
from xinyijian.serve.assets import build_assets, collect_static, compile_translations
from xinyijian.serve.places import ROOT, data_folder, kept_secrets
from xinyijian.serve.postgres import Postgres
from xinyijian.serve.steps import step

HONEST = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "1GB", "max_wal_size": "8GB",
    "checkpoint_timeout": "30min", "random_page_cost": "1.1", "effective_io_concurrency": "100", "max_connections": "100",
}


def main(arguments):
    """Without a name all benches run. 0 when every figure meets its target."""
    names = [path.stem.removeprefix("bench_") for path in sorted(ROOT.glob("bench/bench_*.py"))]
    parser = argparse.ArgumentParser(prog="script/bench", description="Benches: " + ", ".join(names))
    parser.add_argument("name", nargs="*", metavar="NAME", help="one or more of: " + ", ".join(names))
    parser.add_argument("--json", action="store_true", help="print only a list of {name, ratio, target, met, raw}")
    parser.add_argument("--list", action="store_true", help="only name them")
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(names))
        return 0
    for name in set(options.name) - set(names):
        parser.error(f"there is no bench {name}; there are: {', '.join(names)}")
    with redirect_stdout(sys.stderr if options.json else sys.stdout):
        results = measure(options.name or names)
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    return 0 if all(result["met"] for result in results) else 1


def measure(names):
    """All figures of the named benches, each shown when it is there."""
    results = []
    with ExitStack() as stack:
        servers = start(stack)
        with step("tables"):
            work(servers, "xinyijian", ["-m", "xinyijian.serve.prepare", "owner"], owner=True)
        for name in names:
            found = run(servers, name)
            results += found
            print("\n".join(line(figure) for figure in found), flush=True)
    return results


def start(stack):
    """A server in a folder that is deleted afterwards, and the files that pages need."""
    parent = data_folder()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", dir=parent)))
    (folder / "secrets.json").write_text(json.dumps(kept_secrets(parent)))
    databases.let_the_database_user_in(parent)
    servers = databases.Servers(folder)
    postgres = Postgres(folder / "postgres", log=databases.log_of(folder, "postgres"), settings=HONEST)
    databases.start_postgres(stack, servers, postgres)
    databases.start_valkey(stack, servers)
    compile_translations(parent)
    build_assets()
    collect_static(folder, servers.environment())
    return servers


def run(servers, name):
    """Its figures, measured in a process and a database of its own."""
    database = f"bench_{name}"
    roles.copy_database(servers.urls.admin, "xinyijian", database)
    with step(name):
        printed = work(servers, database, ["-m", "bench", name])
    roles.drop_database(servers.urls.admin, database)
    return json.loads(printed.splitlines()[-1])


def work(servers, database, command, *, owner=False):
    """Run Python with the settings of this database; its standard output."""
    urls = {
        "DATABASE_URL": roles.at(servers.urls.owner if owner else servers.urls.app, database=database),
        "OWNER_URL": roles.at(servers.urls.owner, database=database),
    }
    env = servers.environment() | urls
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


def line(figure):
    """One figure for people: raw values, ratio, target, verdict."""
    raw = ", ".join(f"{name} {value}" for name, value in figure["raw"].items())
    return f"{'met ' if figure['met'] else 'MISS'}  {figure['name']}: {figure['ratio']} (target {figure['target']})\n      {raw}"
