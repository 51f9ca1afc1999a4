"""For containers: `python -m xinyijian.serve.healthy web|worker|beat`, exit 0 when that part lives.

Web is well when it answers and reaches the database: that a worker is missing is no reason to start it again.
"""
import json
import sys
import time
from http.client import HTTPConnection, HTTPException

import django


def web(address="127.0.0.1:8000"):
    """Whether the portal there answers and has its database."""
    connection = HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", "/health")
        return json.loads(connection.getresponse().read())["database"]["ok"]
    except (OSError, HTTPException, ValueError, KeyError):
        return False


def process(name):
    """Whether a worker, or beat, has been seen lately."""
    django.setup()
    from xinyijian.health import broker_and_processes

    return broker_and_processes(time.time())[name]["ok"]


def main(name):
    """The exit code."""
    return 0 if (web() if name == "web" else process(name)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
