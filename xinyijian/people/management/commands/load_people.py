from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from xinyijian.people import loading


class Command(BaseCommand):
    help = "Load the regions of fixtures/, and in demo mode the invented organisations, people and users. May be run again."

    def handle(self, **options):
        self.stdout.write(f"regions: {loading.load_regions(with_demo=settings.DEMO)}")
        if settings.DEMO:
            self.stdout.write(f"organisations: {loading.load_organisations()}")
            self.stdout.write(f"new people: {loading.load_demo_people(timezone.now())}")
