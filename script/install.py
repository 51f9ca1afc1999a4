"""Make .venv hold what a lock names, by the standard library alone; nothing is done twice: python3 script/install.py LOCK"""
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


def main(lock):
    """Install the lock into .venv unless it is there already; prints a line only when there was work."""
    if json.loads(INSTALLED.read_text() if INSTALLED.exists() else "{}").get(lock) == content_of(lock):
        return
    started = time.monotonic()
    if not usable():
        step(f"making .venv with {sys.version.split()[0]}", make_venv)
    step(f"installing {lock} ({'uv' if shutil.which('uv') else 'pip'})", lambda: install(lock))
    INSTALLED.write_text(json.dumps({name: content_of(name) for name in [lock, *WITHIN.get(lock, [])]}))
    print(f"{time.monotonic() - started:7.1f} s  Python packages are ready", flush=True)


def usable():
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0


def content_of(lock):
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def step(words, work):
    print(f"           {words} …", flush=True)
    work()


def make_venv():
    """With a Python that lacks ensurepip (Debian's) the pip outside installs into .venv."""
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def install(lock):
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode"]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run([*command, "--require-hashes", "-r", lock], cwd=ROOT, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})
    if done.returncode:
        sys.exit("The Python packages could not be installed; what pip said stands above. A network and pip ≥ 22.3 are needed.")


if __name__ == "__main__":
    main(*sys.argv[1:])
