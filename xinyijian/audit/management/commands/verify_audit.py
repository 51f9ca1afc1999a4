"""Name the first event that is not what was sealed."""

from django.core.management.base import BaseCommand, CommandError

from xinyijian.audit.models import Event, Seal
from xinyijian.audit.verification import first_finding


class Command(BaseCommand):
    help = "Compares every sealed event with its seal. Exit 1 and the first bad row, or the head of the chain."

    def add_arguments(self, parser):
        noted = "a head noted earlier outside the database: must still be in the chain; may be given again"
        parser.add_argument("--head", action="append", default=[], help=noted)

    def handle(self, *, head, **options):
        finding = first_finding()
        if finding:
            raise CommandError(f"{finding}: what follows cannot be trusted")
        for noted in [head] if isinstance(head, str) else head:
            if not Seal.objects.filter(root=_bytes(noted)).exists():
                raise CommandError(f"no seal has the head {noted}: the chain was cut short or written anew")
        sealed, events = self._sealed(), Event.objects.count()
        self.stdout.write(f"{sealed} of {events} events are sealed, and as they were sealed.")
        if events > sealed:
            self.stdout.write(f"{events - sealed} are not sealed yet: of these nothing is proven.")

    def _sealed(self):
        last = Seal.objects.defer("leaves").order_by("-pk").first()
        if last is None:
            return 0
        self.stdout.write(f"head {bytes(last.root).hex()}")
        return sum(Seal.objects.values_list("count", flat=True).iterator())


def _bytes(head) -> bytes:
    try:
        return bytes.fromhex(head)
    except ValueError as error:
        raise CommandError(f"{head} is no head: {error}") from error
