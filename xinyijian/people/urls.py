from django.urls import path

from . import account_views, counter_views, reach_views, register_views, second_views, sign_on_views, staff_views, views, voucher_views

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
    path("sign-in/voucher/", voucher_views.voucher, name="voucher"),
    path("sign-in/sign-on/", sign_on_views.go, name="sign_on"),
    path("sign-in/sign-on/back/", sign_on_views.back, name="sign_on_back"),
    path("register/", register_views.register, name="register"),
    path("register/code/", register_views.register_code, name="register_code"),
    path("register/proof/", register_views.register_proof, name="register_proof"),
    path("register/open/", register_views.register_open, name="register_open"),
    path("me/sign-in/", account_views.doors, name="doors"),
    path("me/sign-in/phone/", account_views.confirm_phone, name="confirm_phone"),
    path("me/sign-in/password/", account_views.new_password, name="own_password"),
    path("me/sign-in/backup-codes/", account_views.backup_codes, name="backup_codes"),
    path("desk/accounts/", counter_views.accounts, name="accounts"),
    path("desk/accounts/<int:pk>/", counter_views.account, name="counter_account"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("admin/login/", views.admin_sign_in, name="admin_sign_in"),
]
