"""Give the application's database role its rights, and withhold what would rewrite the trail."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from xinyijian.audit import roles


class Command(BaseCommand):
    help = "Run as the owner of the tables after every migrate. Idempotent."

    @transaction.atomic
    def handle(self, **options):
        role = settings.DATABASE_APP_ROLE
        with connection.cursor() as cursor:
            objection = roles.objection(cursor, role)
            if objection:
                raise CommandError(f"The application's role {role} {objection}. See DATABASE_APP_ROLE.")
            roles.grant(cursor, role, connection.ops.quote_name)
            roles.go_on_after_restore(cursor)
        if options["verbosity"]:
            self.stdout.write(f"{role}: append-only are {', '.join(roles.append_only_tables())}")
