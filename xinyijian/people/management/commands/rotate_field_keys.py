"""`manage.py rotate_field_keys`: after a new key was put first into FIELD_KEYS and everything was started again."""
from django.core.management.base import BaseCommand

from xinyijian.people import rotation


class Command(BaseCommand):
    help = "Seals every personal value anew under the first of FIELD_KEYS. May be killed and run again; says what still needs an older key."

    def handle(self, **options):
        self.stdout.write(f"key {rotation.first_key()}")
        for model, field in rotation.sealed_fields():
            words = f"{model._meta.label}.{field.name}"
            if rotation.is_append_only(model):
                self.stdout.write(f"{words}: append-only, {rotation.waiting(model, field).count()} values keep their older key")
            else:
                self.stdout.write(f"{words}: {sum(rotation.rotate(model, field))} sealed anew")
        self.stdout.write("Pages of documents on the disk are as they were: an older key that sealed one stays in FIELD_KEYS.")
