"""Every address of the URL configuration."""

from django.conf import settings
from django.urls import URLResolver, get_resolver


def addresses(patterns=None, prefix="", namespace=""):
    """(name, route) of every pattern; those of the admin are one house with one rule."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if not isinstance(each, URLResolver):
            yield f"{namespace}{each.name}", route
        elif each.namespace != "admin":
            yield from addresses(each.url_patterns, route, namespace)


def admin_addresses():
    (admin,) = (each for each in get_resolver().url_patterns if getattr(each, "namespace", None) == "admin")
    return list(addresses(admin.url_patterns, f"/{settings.ADMIN_PATH}/"))
