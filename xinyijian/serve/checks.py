"""script/test: every check and every test, on servers of its own; the last thing printed is pytest's own summary."""
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from xinyijian.serve import servers as databases
from xinyijian.serve.assets import build_assets, compile_translations
from xinyijian.serve.places import ROOT, data_folder, take_lock
from xinyijian.serve.postgres import FORGETFUL
from xinyijian.serve.steps import say, step

BIN = Path(sys.executable).parent
OLD_FSM = ROOT / ".venv" / "fsm3"
PROCESSES = 4  # twice the cores: walks through a browser and faults wait more than they compute
SHARED_OUT = ["-n", str(PROCESSES), "--dist", "loadscope", "--no-loadscope-reorder"]  # as tests/plugins/order.py says
TEMPLATE = "xinyijian"  # the database that a started server has
PYTEST = [sys.executable, "-m", "pytest"]
WORKFLOW = [
    *(f"tests/casework/test_{name}.py" for name in ("act", "many", "step_page")),
    *("tests/test_house_states.py", "tests/infra/test_packages.py"),
]
QUIET = ["-p", "no:tests.plugins.requirements"]  # the requirements are counted once, in the whole run


def main(arguments):
    """0 when all is well. Arguments go to pytest; then only those tests run. `--all` (and CI) adds the oldest PostgreSQL."""
    everything = "--all" in arguments
    chosen = [word for word in arguments if word != "--all"]
    folder = data_folder() / "test"
    folder.mkdir(exist_ok=True)
    if not take_lock(folder):
        sys.exit("script/test is running already in this checkout.")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some hundred processes begin in a run: none shall compile what another has
    compile_translations(folder)
    build_assets()
    if chosen:
        failed = on_chosen(folder, chosen)
    else:
        failed = [*static_checks(), *on_embedded(folder, oldest=everything or bool(os.environ.get("CI")))]
    if failed:
        say(f"failed: {', '.join(failed)}")
    return len(failed)


def on_chosen(folder, chosen):
    """["tests"] when one of these tests failed."""
    with ExitStack() as stack:
        return check("tests", [*PYTEST, *chosen], test_environment(start_fresh(stack, folder)))


def on_embedded(folder, *, oldest):
    """The names of what failed of: migrations, all tests, and beside them the workflow on django-fsm 3.0.1 and the oldest servers."""
    with ExitStack() as stack, ThreadPoolExecutor() as beside:
        servers = start_fresh(stack, folder)
        env = test_environment(servers)
        reading = beside.submit(read_tests, env)
        env |= template(servers, env)
        failed = check("migrations are complete", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], env)
        reading.result()
        env |= more_servers(stack, servers)
        others = [beside.submit(on_old_fsm, env)]
        if oldest:
            others.append(beside.submit(on_oldest, folder / "oldest"))
        failed += check("tests", [*PYTEST, *SHARED_OUT], env)
        return [*failed, *(name for other in others for name in other.result())]


def read_tests(env):
    """Every module is compiled once, while the database is being made, and not by each of the processes at the same time."""
    subprocess.run([*PYTEST, *QUIET, "--collect-only", "-qq"], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True)


def start_fresh(stack, folder):
    """Servers without a past that forget everything at a power cut, which is what makes them quick."""
    shutil.rmtree(folder / "postgres", ignore_errors=True)
    return databases.start(stack, folder, settings=FORGETFUL)


def template(servers, env):
    """Our own server's database, migrated once for every process that tests; a given server's is not ours to migrate."""
    if "PostgreSQL" not in servers.started:
        return {}
    with step("migrations, once for all tests"):
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=True)
    return {"TEST_TEMPLATE": TEMPLATE}


def more_servers(stack, servers):
    """For pytest's other processes: on a shared server each would wait for the others' open transactions before it may seal events."""
    if "PostgreSQL" not in servers.started:
        return {}
    first = servers.started["PostgreSQL"]
    first.stop()
    names = [f"postgres{number + 1}" for number in range(1, PROCESSES + 1)]  # the last one is for what runs beside
    more = [first.copy(servers.folder / name, log=databases.log_of(servers.folder, name)) for name in names]
    with step(f"{len(more) + 1} servers"):
        for server in (first, *more):
            stack.callback(server.start().stop)
    return {f"DATABASE_HOST_gw{number}": str(server.socket) for number, server in enumerate(more, 1)}


def test_environment(servers):
    """Tests start as the owner, who makes the test database; tests/plugins/database.py then becomes the application's role."""
    env = servers.environment(owner=True)
    env.pop("DJANGO_SETTINGS_MODULE", None)  # pyproject.toml names those of the tests
    return env


def static_checks():
    """The names of what failed of style and layers."""
    style = check("style", [BIN / "ruff", "check", "--output-format=concise", "."])
    return [*style, *check("layers", [BIN / "lint-imports", "--no-cache"])]


def on_old_fsm(env):
    """The workflow tests once against the archived django-fsm 3.0.1, found before the shipped django-fsm-2."""
    env = env | {"PYTHONPATH": str(OLD_FSM), "EXPECTED_FSM": "3.0.1", "PYTEST_XDIST_WORKER": f"gw{PROCESSES}"}  # one more beside the others
    return check_beside("workflow on django-fsm 3.0.1", [*PYTEST, *QUIET, *WORKFLOW], env)


def on_oldest(folder):
    """Clock, race and money tests on the oldest PostgreSQL that we support and on redis-server, both from the system."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    redis_server = shutil.which("redis-server")
    if not binaries or not redis_server:
        say("the oldest supported servers are not installed (Debian: postgresql redis-server)")
        return ["clock and races on PostgreSQL 15 and redis-server"]
    shutil.rmtree(folder / "postgres", ignore_errors=True)
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        env = test_environment(databases.start_of_the_system(stack, folder, binaries[0], redis_server))
        return check_beside("clock and races on the system's PostgreSQL and Redis", [*PYTEST, *QUIET, "-m", "pg15"], env)


def check(name, command, env=None):
    """Run one check with its output; [name] when it failed."""
    print(f"\n── {name}", flush=True)
    code = subprocess.run([str(word) for word in command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    if code:
        say(f"{name}: exit {code}")
    return [name] if code else []


def check_beside(name, command, env):
    """The same while others run: its output comes at once when it has ended."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"\n── {name}\n{done.stdout}", flush=True)
    if done.returncode:
        say(f"{name}: exit {done.returncode}")
    return [name] if done.returncode else []
