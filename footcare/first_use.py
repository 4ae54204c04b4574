"""Views that are imported at their first request, because what they need is large and most workers never serve them."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def on_first_use(module: str, name: str) -> View:
    """The view `name` of `module`. Marks of a view (login_not_required, has_page) go round this one: it has none."""

    @cache
    def imported() -> View:
        view: View = getattr(import_module(module), name)
        return view

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return imported()(request, *args, **kwargs)

    view.__name__ = view.__qualname__ = name
    return view
