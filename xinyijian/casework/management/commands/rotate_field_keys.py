"""`manage.py rotate_field_keys`: after a new key was put first into FIELD_KEYS and everything was started again."""
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from xinyijian.casework import page_rotation
from xinyijian.people import rotation


class Command(BaseCommand):
    help = ("Seals every personal value and every stored page anew under the first of FIELD_KEYS. May be killed and run again; "
            "says what still needs an older key.")

    def handle(self, **options):
        self.stdout.write(f"key {rotation.first_key()}")
        for model, field in rotation.sealed_fields():
            words = f"{model._meta.label}.{field.name}"
            if rotation.is_append_only(model):
                self.stdout.write(f"{words}: append-only, {rotation.waiting(model, field).count()} values keep their older key")
            else:
                self.stdout.write(f"{words}: {sum(rotation.rotate(model, field))} sealed anew")
        self.pages()

    def pages(self):
        """The pictures on the disk; one that cannot be read is left alone, named, and makes the command fail."""
        folders = len(page_rotation.folders())
        batches = list(tqdm(page_rotation.rotate(), desc="pages of documents", total=folders, unit=" folders", disable=None))
        self.stdout.write(f"pages of documents: {sum(batch.sealed for batch in batches)} sealed anew")
        if unreadable := [name for batch in batches for name in batch.unreadable]:
            named = ", ".join(unreadable[:20])
            raise CommandError(f"{len(unreadable)} pages cannot be read, altered or of a key that is not in the list: {named}")
