from django.apps import AppConfig


class RemoteCareConfig(AppConfig):
    name = "remote_care"
