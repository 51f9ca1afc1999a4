from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xinyijian.policies.packs import FOLDER, BadPack, read_packs, write_packs


class Command(BaseCommand):
    help = "Load the policy packs; a value that an officer has edited is kept. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *, folder, **options):
        try:
            found = read_packs(folder)
        except BadPack as wrong:
            raise CommandError(str(wrong)) from None
        counts = write_packs(found, timezone.now())
        words = ", ".join(f"{counts[word]} {word}" for word in ("added", "changed", "unchanged", "kept because edited"))
        self.stdout.write(f"policies of {len(found.packs)} regions: {words}")
