from pathlib import Path

from django.core.management.base import BaseCommand

from xinyijian.people.roster import making


class Command(BaseCommand):
    help = "Write persons.csv and links.csv of invented people (area 4399xx), to try import_roster with."

    def add_arguments(self, parser):
        parser.add_argument("--persons", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", type=Path, default=Path("."), help="folder (default: here)")
        parser.add_argument("--edition", type=int, default=1, help="2: the same people, one in a hundred changed")
        parser.add_argument("--bad", type=int, default=0, help="so many rows of each file are wrong, in every way that there is")

    def handle(self, *, persons, seed, out, edition, bad, **options):
        for path in making.make(out, persons, seed=seed, edition=edition, bad=bad):
            self.stdout.write(str(path))
