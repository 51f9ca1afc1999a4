from django.contrib import admin
from django.urls import include, path

from remote_care.api import urlpatterns as filings
from xinyijian.casework.document_views import document
from xinyijian.casework.receipt_views import follower_message, receipt
from xinyijian.connect.urls import administrators, engineers, machines
from xinyijian.gallery.views import gallery, page
from xinyijian.health import health
from xinyijian.policies.urls import rules
from xinyijian.preferences import preferences
from xinyijian.rules_views import home_of, today

urlpatterns = [
    path("api/v1/", include([*machines, *filings])),  # first, because it is asked most often
    path("", include("xinyijian.people.urls")),  # before the admin, whose door is ours
    path("", include("xinyijian.casework.letters.urls")),
    path("", include("xinyijian.casework.urls")),
    path("admin/", admin.site.urls),
    path("documents/<uuid:uuid>/", document, name="document"),
    path("gateways/receipts/", receipt, name="receipt"),
    path("gateways/wechat/messages/", follower_message, name="follower_message"),
    path("health", health, name="health"),
    path("preferences/", preferences, name="preferences"),
    path("policies/", include(rules(today, home_of))),
    path("hospital/", include("xinyijian.hospital.urls")),
    path("services/", include("xinyijian.catalogue.urls")),
    path("family/", include("family.urls")),
    path("remote-care/", include("remote_care.urls")),
    *engineers,
    *administrators,
    path("oversight/", include("xinyijian.oversight.urls")),
    path("my-data/", include("data_rights.urls")),
    path("gallery/", gallery, name="gallery"),
    path("gallery/page.svg", page, name="gallery_page"),
]

handler400 = "xinyijian.errors.bad_request"
handler403 = "xinyijian.errors.forbidden"
handler404 = "xinyijian.errors.not_found"
handler500 = "xinyijian.errors.server_error"
