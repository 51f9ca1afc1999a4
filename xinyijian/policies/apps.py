from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    name = "xinyijian.policies"
    verbose_name = _("Policies")

    def ready(self):
        autodiscover_modules("parameters")  # each service's declarations, so that packs can be checked by any command
