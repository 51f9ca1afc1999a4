"""Addresses of what all services share."""

from django.urls import path

from . import (
    ageing_views,
    breach_views,
    bulk_views,
    call_views,
    check_views,
    demo_views,
    home,
    monitor_views,
    owed_views,
    person_views,
    posting_views,
    saved_view_views,
    search_views,
    stand_in_views,
    unmask_views,
    views,
    worklist_views,
)
from .report.views import Report

app_name = "casework"
urlpatterns = [
    path("", home.home, name="home"),
    path("owed/", owed_views.page, name="owed"),
    path("cases/", home.my_cases, name="cases"),
    path("messages/", home.my_messages, name="messages"),
    path("cases/<str:number>/", views.CasePage.as_view(), name="case"),
    path("cases/<str:number>/<str:verb>/", views.StepPage.as_view(), name="step"),
    path("desk/", worklist_views.Worklist.as_view(), name="worklist"),
    path("desk/search/", search_views.Search.as_view(), name="search"),
    path("desk/people/<int:pk>/", person_views.PersonPage.as_view(), name="person"),
    path("desk/views/", saved_view_views.SavedViews.as_view(), name="views"),
    path("desk/bulk/", bulk_views.Bulk.as_view(), name="bulk"),
    path("desk/bulk/<uuid:key>/", bulk_views.BulkReport.as_view(), name="bulk_report"),
    path("desk/stand-in/", stand_in_views.StandIns.as_view(), name="stand_ins"),
    path("desk/claims/", worklist_views.Claims.as_view(), name="claims"),
    path("desk/calls/", call_views.Calls.as_view(), name="calls"),
    path("desk/gaps/", ageing_views.Gaps.as_view(), name="gaps"),
    path("desk/report/", Report.as_view(), name="report"),
    path("desk/breaches/", breach_views.Breaches.as_view(), name="breaches"),
    path("desk/unmask/", unmask_views.Unmask.as_view(), name="unmask"),
    path("desk/letters/", posting_views.Letters.as_view(), name="letters"),
    path("desk/letters/<int:pk>.pdf", posting_views.OneLetter.as_view(), name="one_letter"),
    path("desk/reached/", monitor_views.Reached.as_view(), name="reached"),
    path("check/", check_views.check, name="check"),
    path("demo/time/", demo_views.demo_time, name="demo_time"),
]
