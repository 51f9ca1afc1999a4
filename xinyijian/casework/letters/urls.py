"""Letters and their verification."""

from django.urls import path

from . import issued_views, views

app_name = "letters"
urlpatterns = [
    path("cases/<str:number>/receipt.pdf", views.letter, name="letter"),
    path("cases/<str:number>/sheet/", views.sheet, name="sheet"),
    path("letters/<uuid:uuid>/", issued_views.page, name="issued"),
    path("letters/<uuid:uuid>.pdf", issued_views.pdf, name="pdf"),
    path("v/", views.ask, name="ask"),
    path("v/<str:token>/", views.verify, name="verify"),
]
