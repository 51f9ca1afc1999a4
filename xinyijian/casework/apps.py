from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "xinyijian.casework"

    def ready(self):
        from .letters import checks  # registers itself

        self.checks = checks
