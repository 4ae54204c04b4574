"""The request as our views get it: middleware has been there before."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from exercises.models import User


class Request(HttpRequest):
    """Of a user: default deny let nobody else through. Public views ask `is_authenticated` first."""

    user: User
    htmx: HtmxDetails
