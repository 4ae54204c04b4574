"""Where everything is. The paths of `exercises` are the public interface and stay as they are."""

from django.contrib import admin
from django.urls import include, path

from exercises.accounts import SignUp, reset_password

urlpatterns = [
    path("", include("exercises.urls")),
    path("accounts/signup/", SignUp.as_view(), name="account_signup"),
    path("accounts/password/reset/", reset_password, name="account_reset_password"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "exercises.views.errors.bad_request"
handler403 = "exercises.views.errors.forbidden"
handler404 = "exercises.views.errors.not_found"
handler500 = "exercises.views.errors.server_error"
