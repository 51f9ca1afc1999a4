"""The demo's cases of every service: each says in its demo.py what it opens."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xinyijian.casework.business_time import business_now


class Command(BaseCommand):
    help = "Open the demo's cases by acting; does nothing when there are cases already."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("demo cases are for demo mode only (DEMO=1)")
        now = business_now()
        self.stdout.write(f"demo cases opened: {sum(opener(now) for opener in openers())}")


def openers() -> list:
    """`open_demo_cases(now)` of every app that has one, in the order of the apps."""
    names = [f"{config.name}.demo" for config in apps.get_app_configs()]
    modules = [import_module(name) for name in names if find_spec(name)]
    return [module.open_demo_cases for module in modules if hasattr(module, "open_demo_cases")]
