"""Keep programs running: one that dies is started again, ever more slowly; when the database dies, everything stops."""
import time
from dataclasses import dataclass

from xinyijian.serve.processes import kill_group, spawn, stop, tail
from xinyijian.serve.steps import say

LONGEST_PAUSE = 30  # seconds before a program that keeps dying is started again
STEADY = 60  # seconds after which a program counts as running well


class ServerDied(Exception):
    """A server whose data the programs need has ended by itself."""


@dataclass
class Program:
    """A process of the portal, and how often it has died in a row."""

    name: str
    command: list
    env: dict
    goodbye_seconds: int = 10
    process: object = None
    started_at: float = 0
    start_again_at: float = 0
    deaths: int = 0


class Supervisor:
    """`start()` programs, then `watch()` for ever; `stop()` ends them, the last started first."""

    def __init__(self, logs, servers=None):
        self.logs, self.servers, self.programs = logs, servers or {}, []

    def start(self, program):
        if program not in self.programs:
            self.programs.append(program)
        program.process = spawn(program.command, env=program.env, log=self.log_of(program))
        program.started_at = time.monotonic()

    def adopt(self, program):
        """Look after a process that runs already; it is stopped after those that come later."""
        program.started_at = time.monotonic()
        self.programs.append(program)

    def log_of(self, program):
        return self.logs / f"{program.name}.log"

    def watch(self, now=time.monotonic):
        """One look at everything; called a few times a second. Raises ServerDied."""
        for name, server in self.servers.items():
            if server.process.poll() is not None:
                raise ServerDied(f"{name} ended by itself (exit {server.process.returncode}). The end of {server.log}:\n{tail(server.log)}")
        for program in self.programs:
            self.look_after(program, now())

    def look_after(self, program, now):
        if program.process and program.process.poll() is not None:
            self.note_death(program, now)
        if program.process is None and now >= program.start_again_at:
            self.start(program)

    def note_death(self, program, now):
        kill_group(program.process)  # children that its death has left behind
        program.deaths = 1 if now - program.started_at > STEADY else program.deaths + 1
        pause = min(2 ** (program.deaths - 1), LONGEST_PAUSE)
        program.start_again_at = now + pause
        say(f"{program.name} ended (exit {program.process.returncode}); again in {pause} s. The end of {self.log_of(program)}:")
        say(tail(self.log_of(program), 5))
        program.process = None

    def stop(self):
        for program in reversed(self.programs):
            if program.process:
                stop(program.process, seconds=program.goodbye_seconds)
                program.process = None
