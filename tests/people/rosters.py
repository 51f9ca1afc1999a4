"""What the bureau's files say, for the tests of import_roster."""

import csv
from io import StringIO

from django.core.management import call_command

from xinyijian.people import find
from xinyijian.people.roster import making
from xinyijian.people.roster.columns import LINKS, PERSONS


class Roster:
    """What the bureau's files say; `run()` imports them and returns what the command said."""

    def __init__(self, folder):
        self.folder, self.persons, self.links = folder, [making.person(n, 1) for n in range(6)], [making.tie(n) for n in range(4)]

    def run(self, *words, **options):
        for name, columns, rows in (("persons.csv", PERSONS, self.persons), ("links.csv", LINKS, self.links)):
            with open(self.folder / name, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows([row[column] for column in columns] if isinstance(row, dict) else row for row in rows)
        out = StringIO()
        call_command("import_roster", self.folder / "persons.csv", self.folder / "links.csv", *words, stdout=out, **options)
        return out.getvalue()

    def rejects(self):
        with open(self.folder / "persons.rejects.csv", encoding="utf-8", newline="") as file:
            return [(row["file"], int(row["row"]), row["code"]) for row in csv.DictReader(file)]

    def person(self, n):
        return find.by_certificate(self.persons[n]["cert_number"])
