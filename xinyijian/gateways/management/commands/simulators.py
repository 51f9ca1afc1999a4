"""`manage.py simulators`: the outside world of the demo, as a process of its own."""
import signal
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...simulators import faults, server


class Command(BaseCommand):
    help = "Runs the simulated platform, credit subsystem, SMS operator, WeChat and mail relay; inbox at /inbox/, switches at /faults/."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8010)
        parser.add_argument("--slow", type=float, default=faults.slow_seconds, help="seconds that a slow answer takes")
        parser.add_argument("--smtp-port", type=int, default=settings.EMAIL_PORT)
        parser.add_argument("--portal", default=urljoin(settings.SITE_URL, "/"), help="where receipts and followers' messages are posted")

    def handle(self, *, host, port, slow, smtp_port, portal, **options):
        if not settings.DEMO:
            raise CommandError("Simulators run in a demo only.")
        faults.slow_seconds = slow
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.serve(host, port, smtp_port, portal)
        except KeyboardInterrupt:
            self.stdout.write("Simulators stopped.")
