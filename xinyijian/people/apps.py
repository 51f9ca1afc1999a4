from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "xinyijian.people"
    verbose_name = _("People")

    def ready(self):
        from . import parameters  # they register themselves

        self.registered = parameters
        autodiscover_modules("retention")  # each app says how long it keeps what (people/retention.py)
