"""A server with single sign-on, and a real provider."""

import pytest

from tests.browser.conftest import serving
from tests.support.ways_in.provider import CLIENT_ID, CLIENT_SECRET, NAME, provider  # noqa: F401

# The pages of `oidc-provider-mock` ask the internet for a stylesheet, and are not what is tested.
NOT_OURS = ("https://cdn.jsdelivr.net/**", "**/favicon.ico")


def settings_for(provider):  # noqa: F811
    client = {"OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET}
    return {"OIDC_URL": provider.url, "OIDC_NAME": NAME, **client}


@pytest.fixture(scope="session")
def provider_server(django_db_setup, static_files, moods, provider):  # noqa: F811
    with serving(moods, **settings_for(provider)) as address:
        yield address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, provider_server):
    """Its pages are those of that server. `base_url` itself is kept for the session, for tests of other folders too."""
    return browser_context_args | {"base_url": provider_server}


@pytest.fixture
def only_server(transactional_db, static_files, moods, provider):  # noqa: F811
    with serving(moods, **settings_for(provider), OIDC_ONLY="1", OIDC_CREATE="0") as address:
        yield address


@pytest.fixture
def context(context):
    return without_the_internet(context)


@pytest.fixture
def pocket(pocket):
    without_the_internet(pocket.page.context)
    return pocket


def without_the_internet(context):
    for address in NOT_OURS:
        context.route(address, lambda route: route.fulfill(body="", content_type="text/css"))
    return context
