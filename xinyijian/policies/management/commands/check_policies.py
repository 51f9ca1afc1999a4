from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from xinyijian.policies import forget
from xinyijian.policies.checks import problems, warnings


class Command(BaseCommand):
    help = "Every region with a pack has a value of the declared type for every parameter of its services; the calendar does not end soon."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=parse_date, default=None, help="the day, default today")

    def handle(self, *, on, **options):
        forget()
        on = on or timezone.localdate()
        for line in warnings(on):
            self.stderr.write(self.style.WARNING(line))
        if wrong := problems(on):
            raise CommandError("\n".join(wrong))
        self.stdout.write("policies: every parameter has a value")
