"""Make .venv hold what a lock names, by the standard library alone; nothing is done twice: python3 script/install.py LOCK [FOLDER]"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "installed.json"  # lock name -> what it contained
WITHIN = {"requirements-dev.lock": ["requirements.lock"]}  # script/lock makes the one from the other


def main(lock, folder=None):
    """Install the lock into .venv (or into a folder of its own) unless it is there; prints a line only when there was work."""
    known = json.loads(INSTALLED.read_text()) if INSTALLED.exists() else {}
    if known.get(lock) == content_of(lock):
        return
    started = time.monotonic()
    if not usable():
        known = {}
        make_venv()
    say(f"        …  {'uv' if shutil.which('uv') else 'pip'} installs {lock}")
    install(lock, folder)
    kept = known if folder else {name: mark for name, mark in known.items() if not name.endswith(".lock")}
    INSTALLED.write_text(json.dumps(kept | {name: content_of(name) for name in [lock, *WITHIN.get(lock, [])]}))
    say(f"{time.monotonic() - started:7.1f} s  Python packages of {lock}")


def usable():
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0


def content_of(lock):
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make_venv():
    """Without its own pip: Debian's Python cannot put one there, and the pip outside installs into it as well."""
    say(f"        …  making .venv with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def install(lock, folder):
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode"]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-qq", "--disable-pip-version-check", "--no-deps"]
    target = ["--target", folder, "--upgrade"] if folder else []
    done = subprocess.run(
        [*command, *target, "--require-hashes", "-r", lock], cwd=ROOT, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    )
    if done.returncode:
        sys.exit("The Python packages could not be installed; the reason stands above. pip ≥ 22.3 and a package index are needed.")


def say(words):
    print(words, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
