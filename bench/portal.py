"""The portal as `script/server` starts it, for benches that ask over HTTP."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import urllib3

from xinyijian.serve.processes import free_port, wait_until
from xinyijian.serve.programs import here


@contextmanager
def served():
    """Its port; outside the demo, and without a ceiling on calls."""
    port = free_port()
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.served", "DEMO": "0", "API_CALLS_A_MINUTE": str(10**9)}
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen([str(word) for word in here("web", port, env)], cwd=root, env=env, stdout=sys.stderr)
    try:
        if not wait_until(lambda: answers(port), seconds=30, process=process):
            raise SystemExit("the server did not start")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def answers(port) -> bool:
    """Whether it is up."""
    try:
        return urllib3.request("GET", f"http://127.0.0.1:{port}/api/v1/", retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False
