"""All addresses. Those of `exercises` are the public interface and do not change."""

from allauth.account import views as accounts
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from exercises.accounts.proof import proven
from exercises.views.account import (
    ChangePassword,
    LogIn,
    ResetPassword,
    SetPassword,
    SignUp,
    only_with_mail,
    only_with_password,
    reset_password,
)
from exercises.views.change_email import ChangeEmail
from exercises.views.confirm_address import ConfirmAddress
from exercises.views.log_in_code import AskForCode, EnterCode

# The pages of allauth that we use, under their own names. Their forms would also accept PUT.
form = require_http_methods(["GET", "HEAD", "POST"])
account_urls = [
    path("login/", form(LogIn.as_view()), name="account_login"),
    path("logout/", form(accounts.logout), name="account_logout"),
    path("signup/", form(SignUp.as_view()), name="account_signup"),
    path("inactive/", require_safe(accounts.account_inactive), name="account_inactive"),
    path(
        "reauthenticate/",
        form(only_with_password(accounts.reauthenticate, "account_reset_password")),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        form(login_not_required(only_with_password(ChangePassword.as_view(), "account_set_password"))),
        name="account_change_password",
    ),
    path(
        "password/set/",
        form(login_not_required(proven(SetPassword.as_view()))),
        name="account_set_password",
    ),
    path("password/reset/", reset_password, name="account_reset_password"),
]
mail_urls = [
    ("code/", form(AskForCode.as_view()), "account_request_login_code"),
    ("code/enter/", form(EnterCode.as_view()), "account_confirm_login_code"),
    ("email/", form(proven(ChangeEmail.as_view())), "account_email"),
    ("confirm-email/", form(ConfirmAddress.as_view()), "account_email_verification_sent"),
    ("password/reset/done/", require_safe(accounts.password_reset_done), "account_reset_password_done"),
    (
        "password/reset/key/done/",
        require_safe(accounts.password_reset_from_key_done),
        "account_reset_password_from_key_done",
    ),
]
reset_with_key = re_path(
    r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    only_with_mail(form(ResetPassword.as_view())),
    name="account_reset_password_from_key",
)

urlpatterns = [
    path("", include("exercises.urls")),
    path("accounts/", include(account_urls)),
    path("accounts/", include([path(route, only_with_mail(view), name=name) for route, view, name in mail_urls])),
    reset_with_key,
]
if settings.ADMIN_PATH:
    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", admin.site.urls))

handler400 = "exercises.web.refusals.bad_request"
handler403 = "exercises.web.refusals.forbidden"
handler404 = "exercises.web.refusals.not_found"
handler429 = "exercises.web.refusals.too_many"
handler500 = "exercises.web.refusals.server_error"
