from pathlib import Path

from django.core.management.base import BaseCommand

from xinyijian.policies.years import FILE, load_years, read_years


class Command(BaseCommand):
    help = "Load the working calendar; a year that is already published stays as it is. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=FILE)

    def handle(self, *, file, **options):
        self.stdout.write("\n".join(load_years(read_years(file))))
