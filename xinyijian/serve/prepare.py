"""Bring a database up to date: `python -m xinyijian.serve.prepare owner|reference|app`; the same again changes nothing."""
import sys
from contextlib import redirect_stdout
from io import StringIO

import django
from django.core.management import call_command, get_commands

from xinyijian.serve.steps import step

# command -> what its line says; each may be run again at any time and keeps what people have changed
STAGES = {
    "owner": {"migrate": "tables", "secure_database": "rights of the application's role"},
    "reference": {"load_people": "regions", "load_calendar": "working calendar", "load_policies": "policies"},
    "app": {
        "load_people": "regions and the demo's people",
        "load_calendar": "working calendar",
        "load_policies": "policies",
        "demo": "demo cases, opened by acting",
    },
}


def main(stage):
    """Run the stage's commands. The table of demo sign-ins goes to stderr, for script/server to print it last."""
    django.setup()
    known = get_commands()
    for command, words in STAGES[stage].items():
        if command in known:
            with step(words):
                run(command)
    if stage == "app":
        send_first_heartbeat()
        print(run("demo_signins"), file=sys.stderr)


def run(command):
    """What the command prints; all of our commands ask nothing."""
    output = StringIO()
    with redirect_stdout(output):
        call_command(command, stdout=output, **({"interactive": False} if command == "migrate" else {}))
    return output.getvalue()


def send_first_heartbeat():
    """The worker takes it as soon as it is up, so that /health need not wait for beat's first round."""
    from xinyijian.health import heartbeat

    heartbeat.delay()


if __name__ == "__main__":
    main(*sys.argv[1:])
