from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from xinyijian.policies.years import read_years, write_year


class Command(BaseCommand):
    help = "Put the State Council's notice of a year in force; the clock then re-aims what was provisional."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *, year, file, **options):
        years = read_years(file)
        if year not in years:
            raise CommandError(f"{file} says nothing about {year}")
        write_year(year, {**years[year], "published": True})
        self.stdout.write(f"{year} is published")
