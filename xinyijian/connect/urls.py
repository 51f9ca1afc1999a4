"""Addresses for machines under /api/v1/, and for their engineers and administrators."""

from django.urls import path

from . import change_views, docs_views, eligibility_views, key_views, sandbox_views, token_views, version_views

machines = [
    path("", version_views.VersionView.as_view(), name="api_version"),
    path("token/", token_views.TokenView.as_view(), name="api_token"),
    path("eligibility/", eligibility_views.EligibilityView.as_view(), name="api_eligibility"),
    path("changes/", change_views.ChangesView.as_view(), name="api_changes"),
    path("sandbox/codes/", sandbox_views.CodeView.as_view(), name="api_sandbox_code"),
    path("sandbox/cases/<case:number>/<verb:verb>/", sandbox_views.DecideView.as_view(), name="api_sandbox_decide"),
]
engineers = [
    path("api/", docs_views.start, name="api_start"),
    path("api/docs/", docs_views.Swagger.as_view(), name="api_docs"),
    path("api/schema/", docs_views.Schema.as_view(), name="api_schema"),
]
administrators = [
    path("connect/keys/", key_views.Keys.as_view(), name="keys"),
    path("connect/keys/new/", key_views.NewKey.as_view(), name="new_key"),
    path("connect/keys/<int:pk>/<str:deed>/", key_views.KeyDeed.as_view(), name="key_deed"),
]
