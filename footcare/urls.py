"""All addresses. Those of `exercises` are the public interface and do not change."""

from collections.abc import Callable

from allauth.account import views as accounts
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from exercises.accounts.proof import proven
from exercises.views.accounts.account import (
    ChangePassword,
    LogIn,
    ResetPassword,
    SetPassword,
    SignUp,
    SignUpByPasskey,
    only_with_mail,
    only_with_password,
    reset_password,
)
from exercises.views.accounts.change_email import ChangeEmail
from exercises.views.accounts.codes import (
    new_recovery_codes,
    recovery_codes,
    save_recovery_codes,
    turn_codes_off,
    turn_codes_on,
)
from exercises.views.accounts.confirm_address import ConfirmAddress
from exercises.views.accounts.let_in import let_in
from exercises.views.accounts.log_in_code import AskForCode, EnterCode
from exercises.views.accounts.prove_again import prove_again
from exercises.views.accounts.second_step import second_step
from exercises.web.redirects import act, no_page
from footcare.first_use import on_first_use


def first_use(module: str, name: str) -> Callable[..., HttpResponse]:
    return on_first_use(f"exercises.views.accounts.{module}", name)


# The pages of allauth that we use, under their own names. Their forms would also accept PUT.
form = require_http_methods(["GET", "HEAD", "POST"])
account_urls = [
    path("login/", form(LogIn.as_view()), name="account_login"),
    path("logout/", form(accounts.logout), name="account_logout"),
    path("signup/", form(SignUp.as_view()), name="account_signup"),
    path("inactive/", require_safe(accounts.account_inactive), name="account_inactive"),
    path("reauthenticate/", prove_again, name="account_reauthenticate"),
    path(
        "password/change/",
        form(login_not_required(only_with_password(ChangePassword.as_view()))),
        name="account_change_password",
    ),
    path(
        "password/set/",
        form(login_not_required(proven(SetPassword.as_view()))),
        name="account_set_password",
    ),
    path("password/reset/", reset_password, name="account_reset_password"),
]
code_urls = [
    path("codes/", second_step, name="mfa_authenticate"),
    path("codes/on/", turn_codes_on, name="mfa_activate_totp"),
    path("codes/off/", turn_codes_off, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/file/", save_recovery_codes, name="mfa_download_recovery_codes"),
    path("recovery-codes/new/", new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("link/<str:token>/", let_in, name="login_link"),
]
passkey_urls = [
    path(
        "log-in/",
        no_page(form(login_not_required(first_use("passkey_proof", "log_in_with_passkey")))),
        name="mfa_login_webauthn",
    ),
    path("prove/", no_page(form(first_use("passkey_proof", "prove_with_passkey"))), name="mfa_reauthenticate_webauthn"),
    path("add/", form(first_use("passkeys", "add_passkey")), name="add_passkey"),
    path("<int:pk>/rename/", form(first_use("passkeys", "rename_passkey")), name="rename_passkey"),
    path("<int:pk>/remove/", form(first_use("passkeys", "remove_passkey")), name="remove_passkey"),
]
mail_urls = [
    ("code/", form(AskForCode.as_view()), "account_request_login_code"),
    ("code/enter/", form(EnterCode.as_view()), "account_confirm_login_code"),
    ("email/", form(proven(ChangeEmail.as_view())), "account_email"),
    ("signup/passkey/", form(SignUpByPasskey.as_view()), "account_signup_by_passkey"),
    (
        "signup/passkey/make/",
        form(login_not_required(first_use("passkey_sign_up", "sign_up_passkey"))),
        "mfa_signup_webauthn",
    ),
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
# The callback is entered at the provider, so its address does not change.
single_sign_on_urls = [
    path(
        "sso/login/",
        require_safe(login_not_required(first_use("single_sign_on", "single_sign_on"))),
        name="single_sign_on",
    ),
    path(
        "sso/login/callback/",
        require_safe(login_not_required(first_use("single_sign_on", "single_sign_on_return"))),
        name="single_sign_on_return",
    ),
    path(
        "sso/address/",
        form(login_not_required(first_use("single_sign_on", "ask_for_address"))),
        name="socialaccount_signup",
    ),
    path("sso/prove/", require_safe(first_use("single_sign_on", "prove_with_link")), name="prove_with_link"),
]
link_urls = [
    path("add/", require_safe(first_use("single_sign_on", "link_account")), name="link_account"),
    path("unlink/", act(first_use("single_sign_on", "unlink_account")), name="unlink_account"),
]

urlpatterns = [
    path("", include("exercises.urls")),
    path("accounts/", include([*account_urls, *code_urls])),
    path("accounts/passkeys/", include(passkey_urls)),
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
