"""The type of a request in a view, after the middleware."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from exercises.models import User


class Request(HttpRequest):
    """A request of a user. Public views check `is_authenticated` first."""

    user: User
    htmx: HtmxDetails
