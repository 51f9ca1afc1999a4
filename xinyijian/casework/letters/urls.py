"""Letters and their verification."""

from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("cases/<str:number>/receipt.pdf", views.letter, name="letter"),
    path("v/", views.ask, name="ask"),
    path("v/<str:token>/", views.verify, name="verify"),
]
