from django.urls import path

from . import reach_views, second_views, staff_views, views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.ask_code, name="sign_in"),
    path("sign-in/code/", views.enter_code, name="enter_code"),
    path("sign-in/who/", views.choose_user, name="choose_user"),
    path("sign-in/password/", views.password, name="password"),
    path("sign-in/second/", second_views.second, name="second"),
    path("sign-in/set-up/", second_views.enrol, name="enrol"),
    path("sign-in/new-password/", staff_views.new_password, name="new_password"),
    path("staff/", staff_views.StaffList.as_view(), name="staff"),
    path("staff/new/", staff_views.NewAccount.as_view(), name="new_account"),
    path("staff/<int:pk>/", staff_views.Account.as_view(), name="account"),
    path("reach/", reach_views.Reach.as_view(), name="reach"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("admin/login/", views.admin_sign_in, name="admin_sign_in"),
]
