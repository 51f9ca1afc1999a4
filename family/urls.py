"""My family: links, leave to act, mutual aid, entitlement; and the same at the counter."""
from django.urls import path

from . import acting_views, counter_views, credit_views, home_views, link_views

app_name = "family"
urlpatterns = [
    path("", home_views.my_family, name="home"),
    path("links/new/", link_views.Ask.as_view(), name="ask"),
    path("links/<str:number>/", link_views.Prepare.as_view(), name="prepare"),
    path("asked/<str:number>/", link_views.Asked.as_view(), name="asked"),
    path("asked/<str:number>/<str:verb>/", link_views.AskedStep.as_view(), name="answer"),
    path("end/<str:what>/<int:pk>/", home_views.EndTie.as_view(), name="end"),
    path("acting/new/", acting_views.NewGrant.as_view(), name="new_grant"),
    path("mutual-aid/new/", acting_views.NewAid.as_view(), name="new_aid"),
    path("mutual-aid/<int:pk>/agree/", acting_views.AgreeAid.as_view(), name="agree_aid"),
    path("entitlement/", credit_views.Entitlement.as_view(), name="entitlement"),
    path("texts/<str:kind>/", link_views.text, name="text"),
    path("counter/", counter_views.Counter.as_view(), name="counter"),
    path("counter/<str:token>/", counter_views.Desk.as_view(), name="desk"),
    path("counter/<str:token>/<str:what>/", counter_views.Enter.as_view(), name="enter"),
]
