from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from xinyijian.people import demo


class Command(BaseCommand):
    help = "Print how to sign in to the demo."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("There are demo accounts in demo mode only.")
        self.stdout.write(_("Password of all demo accounts: %(password)s") % {"password": demo.PASSWORD})
        self.stdout.write(_("Codes by phone arrive at %(inbox)s") % {"inbox": settings.SIMULATORS_URL + "inbox/"})
        for account in demo.ACCOUNTS:
            self.stdout.write(f"  {account.username:<14} {account.phone or '-':<12} {account.words}")
