"""The catalogue of services."""
from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("<slug:id>/", views.detail, name="service"),
]
