"""The auditor's room."""

from django.urls import path

from . import views

app_name = "oversight"
urlpatterns = [
    path("", views.Trail.as_view(), name="trail"),
    path("export/", views.Export.as_view(), name="export"),
    path("overrides/", views.Overrides.as_view(), name="overrides"),
    path("policies/", views.Policies.as_view(), name="policies"),
    path("proof/", views.Proof.as_view(), name="proof"),
    path("decisions/<int:pk>/", views.Asked.as_view(), name="decision"),
    path("watched/<str:name>/", views.Watched.as_view(), name="watched"),
]
