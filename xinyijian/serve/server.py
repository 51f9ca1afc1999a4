"""script/server: everything of the demo, from nothing to an address, and back to nothing at Ctrl-C."""
import argparse
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from urllib.request import urlopen

from xinyijian.serve import servers as databases
from xinyijian.serve.assets import build_assets, collect_static, compile_translations
from xinyijian.serve.places import ROOT, data_folder, packages, take_lock, write_private
from xinyijian.serve.processes import port_is_free, wait_until
from xinyijian.serve.programs import portal, prepare, simulators
from xinyijian.serve.steps import fingerprint, say, step
from xinyijian.serve.supervisor import ServerDied, Supervisor


class Stop(BaseException):
    """Somebody asked us to end."""


def main(arguments):
    """Start, stay, stop; the exit code is 1 when a server died under us."""
    options = parse(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    folder = data_folder()
    if not take_lock(folder):
        sys.exit(f"The servers of this checkout are running already: {running(folder).get('SITE_URL', 'they are just starting')}")
    with ExitStack() as stack:
        stack.callback(lambda: (folder / "running.json").unlink(missing_ok=True))
        try:
            serve(stack, folder, options, began())
        except Stop:
            say("stopping …")
        except ServerDied as died:
            say(f"Everything stops: {died}")
            return 1
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
    say("stopped, nothing is left running")
    return 0


def began():
    """When the script was called, on the monotonic clock: making .venv counts."""
    called = float(os.environ.pop("XINYIJIAN_BEGAN", time.time()))
    return time.monotonic() - max(0, time.time() - called)


def parse(arguments):
    """The command line."""
    parser = argparse.ArgumentParser(prog="script/server", description="Start the whole demo; Ctrl-C stops everything.")
    parser.add_argument("--port", type=int, help="the port of the portal (8000, or the next free one)")
    return parser.parse_args(arguments)


def serve(stack, folder, options, began):
    """Bring everything up, say where it is, and look after it until somebody stops us."""
    port = choose_port(options.port)
    for log in (folder / "log").glob("*.log"):
        log.unlink()
    compile_translations(folder)
    build_assets()
    servers = databases.start(stack, folder)
    inbox = choose_port(None, first=port + 10)
    env = addresses(port, inbox, choose_port(None, first=inbox + 1))
    supervisor = look_after(servers)
    stack.callback(supervisor.stop)
    supervisor.start(simulators(inbox, servers.environment() | env))
    sign_ins = bring_up_to_date(servers, env)
    collect_static(folder, servers.environment() | env)
    write_private(folder / "running.json", json.dumps(servers.settings() | env | {"OWNER_URL": servers.urls.owner}))
    with step("web, worker and beat"):
        for program in portal(port, servers.environment() | env):
            supervisor.start(program)
        healthy = wait_until(lambda: (supervisor.watch(), answers(env["SITE_URL"]))[1], seconds=60)
    say(f"ready: {env['SITE_URL']}", time.monotonic() - began)
    if not healthy:
        say(f"but not healthy: look at {env['SITE_URL']}health and the logs in {folder / 'log'}")
    print(f"\n{sign_ins}\n\nCtrl-C stops everything.\n", flush=True)
    while True:
        supervisor.watch()
        time.sleep(0.3)


def look_after(servers):
    """The supervisor: without the database everything stops, Valkey is started again."""
    own = dict(servers.started)
    valkey = own.pop("Valkey", None)
    supervisor = Supervisor(servers.folder / "log", own)
    if valkey:
        supervisor.adopt(valkey.program())
    return supervisor


def bring_up_to_date(servers, env):
    """Tables, rights, demo data; the table of sign-ins. Our own database that has seen just this code and these fixtures needs nothing."""
    stages = {name: prepare(name)[1:] for name in ("owner", "app")}
    mark = fingerprint([*packages(), ROOT / "fixtures", ROOT / "locale"]) + json.dumps(env)
    kept = servers.folder / "postgres" / "xinyijian.json"  # goes when the database goes
    if kept.exists() and servers.started.get("PostgreSQL"):
        known = json.loads(kept.read_text())
        if known["mark"] == mark:
            return known["sign_ins"]
    run("migrations", stages["owner"], servers.environment(owner=True) | env)
    sign_ins = run("demo data", stages["app"], servers.environment() | env)
    if servers.started.get("PostgreSQL"):
        kept.write_text(json.dumps({"mark": mark, "sign_ins": sign_ins}))
    return sign_ins


def choose_port(wanted, first=8000):
    """The wanted port or an explanation; without a wish the first free one."""
    if wanted and not port_is_free(wanted):
        other = next(port for port in range(wanted + 1, 65536) if port_is_free(port))
        sys.exit(f"Port {wanted} is in use by another program. Try: script/server --port {other}")
    port = wanted or next(port for port in range(first, 65536) if port_is_free(port))
    if port != (wanted or first):
        say(f"port {first} is in use; {port} is taken instead")
    return port


def addresses(port, inbox, smtp):
    """Where the portal and the simulators are found; what the environment already says goes first."""
    simulated = f"http://127.0.0.1:{inbox}/"
    own = {
        "SITE_URL": f"http://127.0.0.1:{port}/",
        "SIMULATORS_URL": simulated,
        "PLATFORM_URL": f"{simulated}platform/",
        "SMS_URL": f"{simulated}sms/",
        "EMAIL_PORT": str(smtp),
    }
    return {name: os.environ.get(name, value) for name, value in own.items()}


def run(words, command, env):
    """Run a stage that prints its own steps; what it wrote to stderr is returned, or shown when it failed."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{words} failed:\n{done.stderr}")
    return done.stderr.strip()


def answers(site):
    """Whether /health says that every part is well."""
    try:
        with urlopen(f"{site}health", timeout=3) as response:
            return response.status == 200
    except OSError:
        return False


def running(folder):
    """What the running servers wrote down about themselves; empty while they start."""
    path = folder / "running.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _stop(number, frame):
    raise Stop


