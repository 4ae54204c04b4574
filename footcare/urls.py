"""All addresses. Those of `exercises` are the public interface and do not change."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from allauth.account import views as accounts
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from exercises.views.account import (
    ChangePassword,
    ConfirmEmail,
    Emails,
    ResetPassword,
    SignUp,
    only_with_mail,
    only_with_password,
    reauthenticate,
    reset_password,
)
from exercises.web.redirects import act


def on_first_use(module: str, name: str) -> Callable[..., HttpResponse]:
    """A view whose module, with the packages that it needs, is loaded by its first request."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = getattr(import_module(module), name)(request, *args, **kwargs)
        return answer

    return view


def single_sign_on(name: str) -> Callable[..., HttpResponse]:
    return on_first_use("exercises.views.single_sign_on", name)


# The pages of allauth that we use, under their own names. Their forms would also accept PUT.
form = require_http_methods(["GET", "HEAD", "POST"])
account_urls = [
    path("login/", form(accounts.login), name="account_login"),
    path("logout/", form(accounts.logout), name="account_logout"),
    path("signup/", form(SignUp.as_view()), name="account_signup"),
    path("inactive/", require_safe(accounts.account_inactive), name="account_inactive"),
    path("reauthenticate/", form(reauthenticate), name="account_reauthenticate"),
    path(
        "password/change/",
        form(login_not_required(only_with_password(ChangePassword.as_view()))),
        name="account_change_password",
    ),
    path("password/reset/", reset_password, name="account_reset_password"),
]
mail_urls = [
    ("email/", form(Emails.as_view()), "account_email"),
    ("confirm-email/", require_safe(accounts.email_verification_sent), "account_email_verification_sent"),
    ("confirm-email/<str:key>/", form(ConfirmEmail.as_view()), "account_confirm_email"),
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
# The callback is entered at the provider, so its address does not change.
single_sign_on_urls = [
    path("sso/login/", require_safe(login_not_required(single_sign_on("single_sign_on"))), name="single_sign_on"),
    path(
        "sso/login/callback/",
        require_safe(login_not_required(single_sign_on("single_sign_on_return"))),
        name="single_sign_on_return",
    ),
    path("sso/address/", form(login_not_required(single_sign_on("ask_for_address"))), name="socialaccount_signup"),
    path("sso/prove/", require_safe(single_sign_on("prove_with_link")), name="prove_with_link"),
]
link_urls = [
    path("add/", require_safe(single_sign_on("link_account")), name="link_account"),
    path("unlink/", act(single_sign_on("unlink_account")), name="unlink_account"),
]

urlpatterns = [
    path("", include("exercises.urls")),
    path("accounts/", include(account_urls)),
    path("accounts/", include([path(route, only_with_mail(view), name=name) for route, view, name in mail_urls])),
    reset_with_key,
    path("accounts/oidc/", include(single_sign_on_urls)),
    path("settings/security/links/", include(link_urls)),
]
if settings.ADMIN_PATH:
    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", admin.site.urls))

handler400 = "exercises.web.refusals.bad_request"
handler403 = "exercises.web.refusals.forbidden"
handler404 = "exercises.web.refusals.not_found"
handler429 = "exercises.web.refusals.too_many"
handler500 = "exercises.web.refusals.server_error"
