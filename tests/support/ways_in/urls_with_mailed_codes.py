"""The addresses, with one for a log-in by mailed code."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from footcare import urls

urlpatterns = [
    *urls.urlpatterns,
    path("accounts/code/", login_not_required(lambda request: HttpResponse()), name="account_request_login_code"),
]
handler404 = urls.handler404
