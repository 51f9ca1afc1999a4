"""Bring a database up to date: `python -m xinyijian.serve.prepare owner|app`, a line per command; the same again changes nothing."""
import sys
from contextlib import redirect_stdout
from io import StringIO

import django
from django.core.management import call_command, get_commands

from xinyijian.serve.steps import step

# (command, arguments, words); each may be run again at any time
STAGES = {
    "owner": [
        ("migrate", ["--noinput"], "tables"),
        ("secure_database", [], "rights of the application's role"),
    ],
    "app": [
        ("load_calendar", [], "working calendar"),
        ("load_policies", [], "policies"),
        ("demo", [], "demo people and cases"),
    ],
}


def main(stage):
    """Run the stage's commands; what `demo` prints (the table of sign-ins) goes to our own output, last."""
    django.setup()
    known = get_commands()
    printed = ""
    for command, arguments, words in STAGES[stage]:
        if command in known:
            printed = run(command, arguments, words)
    if stage == "app":
        send_first_heartbeat()
        print(printed, file=sys.stderr)


def run(command, arguments, words):
    output = StringIO()
    with step(words), redirect_stdout(output):
        call_command(command, *arguments, verbosity=0 if command == "migrate" else 1, stdout=output)
    return output.getvalue()


def send_first_heartbeat():
    """The worker takes it as soon as it is up, so that /health need not wait for beat's first round."""
    from xinyijian.health import heartbeat

    heartbeat.delay()


if __name__ == "__main__":
    main(*sys.argv[1:])
