"""Keys are not in the admin: the hospital's own administrator makes and revokes them, and tokens are nobody's to see."""

from django.apps import apps
from django.contrib import admin

from .models import Client

for model in (Client, *apps.get_app_config("oauth2_provider").get_models()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
