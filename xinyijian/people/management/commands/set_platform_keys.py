"""`manage.py set_platform_keys CODE < pair`: two lines, access key and secret; neither ever stands in an argument or a log."""
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...models import Organisation
from ...platform_keys import rotate


class Command(BaseCommand):
    help = "Replaces a hospital's keys at the insurance platform by the two lines on standard input."

    def add_arguments(self, parser):
        parser.add_argument("code")

    def handle(self, *, code, **options):
        organisation = Organisation.objects.filter(code=code).first()
        lines = sys.stdin.read().split()
        if organisation is None or len(lines) != 2:
            raise CommandError("No such organisation, or not two lines on standard input.")
        try:
            rotate(organisation, access_key=lines[0], secret=lines[1], by=None, at=timezone.now())
        except ValidationError as no:
            raise CommandError(" ".join(no.messages)) from no
        self.stdout.write(f"{organisation.name}: new keys are in use.")
