from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from remote_care.demo import open_demo_filings
from xinyijian.casework.business_time import business_now


class Command(BaseCommand):
    help = "Open the demo's cases by acting; does nothing when there are cases already."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("demo cases are for demo mode only (DEMO=1)")
        self.stdout.write(f"demo cases opened: {open_demo_filings(business_now())}")
