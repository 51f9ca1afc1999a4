from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HospitalConfig(AppConfig):
    name = "xinyijian.hospital"
    verbose_name = _("Hospitals' desks")

    def ready(self):
        from .parameters import declare_all  # not above: the policies' book needs the apps

        declare_all()
