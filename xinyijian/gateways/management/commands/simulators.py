"""`manage.py simulators`: the outside world of the demo, as a process of its own."""
import signal
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...simulators import faults, server


class Command(BaseCommand):
    help = "Runs the simulated insurance platform and text-message operator, with an inbox at /inbox/ and switches at /faults/."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8010)
        parser.add_argument("--slow", type=float, default=faults.slow_seconds, help="seconds that a slow answer takes")
        portal = urljoin(settings.SITE_URL, "/gateways/sms/receipts/")
        parser.add_argument("--receipts-to", default=portal, help="where receipts are posted")

    def handle(self, *, host, port, slow, receipts_to, **options):
        if not settings.DEMO:
            raise CommandError("Simulators run in a demo only.")
        faults.slow_seconds = slow
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.serve(host, port, receipts_to)
        except KeyboardInterrupt:
            self.stdout.write("Simulators stopped.")
