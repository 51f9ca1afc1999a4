from django.contrib import admin
from django.urls import include, path

from xinyijian.gallery import gallery
from xinyijian.health import health
from xinyijian.preferences import preferences

urlpatterns = [
    path("", include("xinyijian.people.urls")),  # before the admin, whose door is ours
    path("admin/", admin.site.urls),
    path("health", health, name="health"),
    path("preferences/", preferences, name="preferences"),
    path("gallery/", gallery, name="gallery"),
]

handler500 = "xinyijian.errors.server_error"
