from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemoteCareConfig(AppConfig):
    name = "remote_care"
    verbose_name = _("Care outside the home region")
