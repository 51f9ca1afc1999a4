from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "xinyijian.casework"
    verbose_name = _("casework")

    def ready(self):
        from . import parameters  # they register themselves
        from .api import converters
        from .letters import checks, proving

        self.registered = checks, converters, parameters, proving
