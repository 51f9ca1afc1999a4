"""Keys in the admin are to be looked at only: the hospital's own administrator makes and revokes them, and tokens are nobody's to see."""
from django.contrib import admin
from oauth2_provider.models import get_access_token_model, get_device_grant_model, get_grant_model, get_id_token_model, get_refresh_token_model

from .models import Client

for model in (Client, get_access_token_model(), get_device_grant_model(), get_grant_model(), get_id_token_model(), get_refresh_token_model()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
