from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectConfig(AppConfig):
    name = "xinyijian.connect"
    verbose_name = _("connected systems")
