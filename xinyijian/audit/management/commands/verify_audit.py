"""Name the first event that is not what was sealed."""

from django.core.management.base import BaseCommand, CommandError

from xinyijian.audit.models import Event, Seal
from xinyijian.audit.verification import first_finding


class Command(BaseCommand):
    help = "Compares every sealed event with its seal. Exit 1 and the first bad row, or the head of the chain."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a head noted earlier outside the database: must still be in the chain")

    def handle(self, *, head, **options):
        finding = first_finding()
        if finding:
            raise CommandError(f"{finding}: what follows cannot be trusted")
        if head and not Seal.objects.filter(root=bytes.fromhex(head)).exists():
            raise CommandError(f"no seal has the head {head}: the chain was written anew")
        self.stdout.write(f"{self._sealed()} of {Event.objects.count()} events are sealed, and as they were sealed.")

    def _sealed(self):
        last = Seal.objects.defer("leaves").order_by("-pk").first()
        if last is None:
            return 0
        self.stdout.write(f"head {bytes(last.root).hex()}")
        return sum(Seal.objects.values_list("count", flat=True).iterator())
