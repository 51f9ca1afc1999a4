"""The filing form: start, its pages, and the end."""
from django.urls import path

from . import after_views, draft_views, paper_views, scan_views, start_views, stay_views

app_name = "remote_care"
one = "filings/<str:number>/"
urlpatterns = [
    path("filings/new/", start_views.Start.as_view(), name="start"),
    path("filings/new/national/", start_views.Start.as_view(entry="national_app"), name="start_national"),
    path("filings/new/machine/", start_views.Start.as_view(entry="kiosk"), name="start_machine"),
    path("filings/new/emergency/", start_views.Start.as_view(emergency=True), name="start_emergency"),
    path("counter/", start_views.Counter.as_view(), name="counter"),
    path("form.pdf", after_views.empty_form, name="empty_form"),
    path(one + "form.pdf", after_views.filled_form, name="filled_form"),
    path(one + "reimbursement/", after_views.reimbursement, name="reimbursement"),
    path(one, draft_views.Resume.as_view(), name="resume"),
    path(one + "notice/", paper_views.NoticePage.as_view(), name="notice"),
    path(one + "type/", stay_views.TypePage.as_view(), name="type"),
    path(one + "care/", stay_views.CarePage.as_view(), name="care"),
    path(one + "stay/", stay_views.StayPage.as_view(), name="stay"),
    path(one + "referral/", stay_views.ReferralPage.as_view(), name="referral"),
    path(one + "where/", draft_views.WherePage.as_view(), name="where"),
    path(one + "basis/", draft_views.BasisPage.as_view(), name="basis"),
    path(one + "papers/", paper_views.PapersPage.as_view(), name="papers"),
    path(one + "scans/", scan_views.ScansPage.as_view(), name="scans"),
    path(one + "contact/", draft_views.ContactPage.as_view(), name="contact"),
    path(one + "sign/", paper_views.SignPage.as_view(), name="sign"),
    path(one + "check/", paper_views.CheckPage.as_view(), name="check"),
    path(one + "letters/<str:name>/", paper_views.LetterPage.as_view(), name="letter"),
    path(one + "sent/", start_views.sent, name="sent"),
]
