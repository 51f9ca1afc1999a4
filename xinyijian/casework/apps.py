from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "xinyijian.casework"
    verbose_name = _("casework")

    def ready(self):
        from .letters import checks  # registers itself

        self.checks = checks
