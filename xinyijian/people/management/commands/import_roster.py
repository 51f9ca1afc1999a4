from contextlib import ExitStack
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from xinyijian.people.models import User
from xinyijian.people.roster import importing
from xinyijian.people.roster.reading import Unfit


class Command(BaseCommand):
    help = "Import persons and family ties from the bureau's files. May be run again: only differences are written."

    def add_arguments(self, parser):
        parser.add_argument("persons", type=Path, metavar="PERSONS.csv")
        parser.add_argument("links", type=Path, metavar="LINKS.csv")
        parser.add_argument("--dry-run", action="store_true", help="judge every row, write none")
        parser.add_argument("--rejects", type=Path, help="where the rows that were not taken are listed (default: beside PERSONS.csv)")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day of the roster (default: today)")
        parser.add_argument("--although-older", action="store_true", help="import a roster older than the last one")
        parser.add_argument("--encoding", default="utf-8-sig", help="of both files, e.g. gb18030 (default: UTF-8)")
        parser.add_argument("--by", metavar="USERNAME", help="who imports, for the trail")

    def handle(self, *, persons, links, rejects, as_of, by, although_older, verbosity, **options):
        for path in (persons, links):
            if not path.is_file():
                raise CommandError(f"There is no file {path.absolute()}.")
        at = timezone.now()
        as_of, last = as_of or timezone.localdate(at), importing.newest()
        if last and as_of < last and not although_older:
            raise CommandError(f"The last roster is of {last}, this one of {as_of}. To import it all the same: --although-older")
        rejects = rejects or persons.with_suffix(".rejects.csv")
        job = importing.Import(persons, links, _user(by), at, as_of, rejects, options["dry_run"], options["encoding"])
        with ExitStack() as stack:
            job.watch = _bars(stack, job) if verbosity else job.watch
            self._report(_run(job), rejects)

    def _report(self, counts, rejects):
        for name, counter in counts.items():
            self.stdout.write(f"{name}: " + ", ".join(f"{counter.get(word, 0)} {word}" for word in importing.LETTERS.values()))
        if met := counts["persons"].get("met"):
            self.stdout.write(f"{met} persons were registered here meanwhile: run the import again.")
        if any(counter.get("rejected") for counter in counts.values()):
            self.stdout.write(f"rows that were not taken: {rejects}")


def _run(job):
    try:
        return importing.run(job)
    except Unfit as error:
        raise CommandError(str(error)) from error


def _user(name):
    if name is None:
        return "import_roster"
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no user {name}.") from None


def _bars(stack, job):
    """A bar for each stage, on a terminal only."""
    bars, sizes = {}, {"known persons": job.persons, "persons": job.persons, "writing persons": job.persons, "links": job.links}

    def watch(stage, position):
        if stage not in bars:
            total = sizes[stage].stat().st_size if stage in sizes else None
            bars[stage] = stack.enter_context(tqdm(desc=stage, total=total, unit="B" if total else " rows", unit_scale=True, disable=None))
        bars[stage].update(position - bars[stage].n)

    return watch
