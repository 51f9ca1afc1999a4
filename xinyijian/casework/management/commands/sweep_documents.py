"""`manage.py sweep_documents`: tidies after transactions that failed once their files were written."""
from django.core.management.base import BaseCommand

from ... import documents


class Command(BaseCommand):
    help = "Deletes page files that belong to no document and are older than a day."

    def add_arguments(self, parser):
        parser.add_argument("--older-than", type=float, default=86400, help="seconds")

    def handle(self, *, older_than, **options):
        self.stdout.write(f"{documents.sweep(older_than=older_than)} files of no document deleted")
