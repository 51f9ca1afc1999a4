"""Prove that what must always hold does hold."""
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from xinyijian.casework.business_time import business_now
from xinyijian.casework.proofs import PROOFS

SHOWN = 5


class Command(BaseCommand):
    help = "One line for each invariant; exit 1 when one is violated."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", choices=[[], *PROOFS], metavar="name", help="only these: " + ", ".join(PROOFS))

    def handle(self, *, names, **options):
        violations = 0
        with one_moment():
            at = business_now()
            for name in names or PROOFS:
                violations += self._show(PROOFS[name], at)
        if violations:
            raise CommandError(f"{violations} violations")

    def _show(self, proof, at) -> int:
        looked, found = 0, 0
        for answer in proof.look(at):
            if isinstance(answer, int):
                looked += answer
                continue
            found += 1
            if found <= SHOWN:
                self.stderr.write(f"  {answer}")
        self.stdout.write(f"{'ok  ' if not found else 'FAIL'} {proof.invariant:<7} {proof.says}: {looked} looked at, {found} violations")
        return found


@contextmanager
def one_moment():
    """Everything is read as of one moment, so that what happens meanwhile is no violation."""
    if connection.in_atomic_block:
        yield  # a caller's transaction is one moment already, as far as it can be
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
