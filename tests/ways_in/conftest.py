"""What the tests of the ways in share."""

from tests.support.ways_in.provider import provider, provider_away, single_sign_on  # noqa: F401
