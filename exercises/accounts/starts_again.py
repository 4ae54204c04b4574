"""What the pages of a log-in do while this browser waits for a code."""

from typing import Any

from allauth.account.internal.stagekit import redirect_to_pending_stage
from allauth.account.stages import LoginByCodeStage
from django.http import HttpRequest, HttpResponse


class StartsAgain:
    """The page leads to the code that is waited for; its form begins again.

    The page with the password also begins again for whoever waits for a code to log in.
    """

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        begins = request.method not in ("GET", "HEAD") or stage.key == LoginByCodeStage.key
        return None if begins else redirect_to_pending_stage(request, stage)
