"""The second step of a log-in: a code of an app, or a recovery code."""

from allauth.account.internal.decorators import login_stage_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exercises.accounts import codes
from exercises.accounts.code_forms import AuthenticateForm
from exercises.accounts.second_step import SecondStep


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=SecondStep.key, redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """For 15 minutes after the first step. Whoever is logged in is led on, all others to the log-in."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    if stage.has_ended:
        return stage.abort()
    if not codes.are_on(user):  # turned off meanwhile
        return stage.exit()
    form = AuthenticateForm(user=user, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        return stage.exit()
    context = {"form": form, "log_in": reverse("account_login")}
    return render(request, "account/second_step.html", context, status=422 if form.is_bound else 200)
