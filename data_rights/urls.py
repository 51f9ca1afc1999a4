"""My data and my rights."""

from django.urls import path

from . import counter_views, retention_views, views

app_name = "data_rights"
urlpatterns = [
    path("", views.Mine.as_view(), name="mine"),
    path("looked/", views.Looked.as_view(), name="looked"),
    path("export/", views.Export.as_view(), name="export"),
    path("correction/", views.NewCorrection.as_view(), name="correction_new"),
    path("review/", views.NewReview.as_view(), name="review_new"),
    path("close/", views.Close.as_view(), name="close"),
    path("closed/", views.closed, name="closed"),
    path("open-again/<int:pk>/", counter_views.OpenAgain.as_view(), name="open_again"),
    path("retention/", retention_views.retention, name="retention"),
]
