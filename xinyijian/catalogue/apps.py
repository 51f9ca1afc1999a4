from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "xinyijian.catalogue"
    verbose_name = _("The programme's services")

    def ready(self):
        from .parameters import declare_all  # not above: the policies' book needs the apps

        declare_all()
