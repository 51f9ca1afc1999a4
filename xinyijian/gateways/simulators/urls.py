"""Addresses of the simulator process only; the project itself has none of them."""
from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from . import people_views, sign_on, views

urlpatterns = [
    path("", RedirectView.as_view(url="/inbox/")),
    path("platform/", views.platform_door),
    path("sms/messages/", views.sms_door),
    path("wechat/", views.wechat_window, name="wechat"),
    path("wechat/cgi-bin/stable_token", views.wechat_token),
    path("wechat/cgi-bin/message/template/send", views.wechat_door),
    path("credit/ratings/", views.credit_door),
    path("people/", people_views.everybody, name="people"),
    path("people/<str:psn_no>/grade/", people_views.grade, name="grade"),
    path("people/<str:psn_no>/voucher/", people_views.ask_voucher, name="ask_voucher"),
    path("vouchers/<str:code>/", people_views.voucher, name="voucher"),
    path("vouchers/<str:code>.svg", people_views.picture, name="voucher_picture"),
    path("sign-on/.well-known/openid-configuration", sign_on.discovery),
    path("sign-on/jwks", sign_on.jwks),
    path("sign-on/authorize", sign_on.authorize),
    path("sign-on/token", sign_on.token),
    path("inbox/", views.inbox, name="inbox"),
    path("faults/", views.fault_switches, name="faults"),
    path("language/", set_language, name="language"),
    path("health", views.health),
    path("simulators.css", views.stylesheet, name="stylesheet"),
]

handler404 = "xinyijian.gateways.simulators.views.not_found"
handler500 = "xinyijian.gateways.simulators.views.failed"
