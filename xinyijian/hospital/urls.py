"""The hospital's desk."""
from django.urls import path

from . import filing_views, sheet_views, views

app_name = "hospital"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("check/", views.Check.as_view(), name="check"),
    path("slip/", views.Slip.as_view(), name="slip"),
    path("filings/", filing_views.Filings.as_view(), name="filings"),
    path("filings/open/", filing_views.Open.as_view(), name="open"),
    path("filings/new/", filing_views.Begin.as_view(), name="open_for"),
    path("sheets/", sheet_views.Sheets.as_view(), name="sheets"),
    path("sheets/enter/", sheet_views.Enter.as_view(), name="enter"),
    path("sheets/<uuid:batch>/", sheet_views.Print.as_view(), name="print"),
]
