"""Every address of the URL configuration, and what the rule of one says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.urls import URLResolver, get_resolver

READ = ("GET", "HEAD")
FILL = ("GET", "HEAD", "POST")
ACT = ("POST",)
ANYBODY, VISITORS, USERS, STAFF = "anybody", "visitors", "users", "staff"


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


def nothing(cast):
    return []


def nowhere(cast):
    return {}


@dataclass(frozen=True)
class Rule:
    """`arguments`, `forms` and `documents` are made for the cast: what of hers exists, what may be sent.

    `users`: who may come; visitors' pages send on whoever is logged in. `query`: what may be asked behind the "?".
    `hidden`: fields that no form shows. `ids`: arguments and fields that name something of a user's. `free`: fields
    in which anything may be sent. `mail`: there only with mail; `provider`: only with one of single sign-on. `token`:
    of a page of ours, or refused. `page`: it answers a GET with a page that one gets to by links. `says_whose`: its
    path is a secret and its page names the user.
    """

    methods: tuple[str, ...] = READ
    users: str = USERS
    query: tuple[str, ...] = ()
    arguments: Callable = nowhere
    forms: Callable = nothing
    documents: Callable = nothing
    hidden: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    free: tuple[str, ...] = ("next",)
    mail: bool = False
    provider: bool = False
    token: bool = True
    page: bool = True
    says_whose: bool = False


users_page = Rule
public = partial(Rule, users=ANYBODY)
visitors = partial(Rule, methods=FILL, users=VISITORS, query=("next",))
act = partial(Rule, methods=ACT, page=False)
machine = partial(Rule, users=ANYBODY, page=False)
