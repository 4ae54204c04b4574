"""A second device of Alice's."""

import pytest

from tests.browser.conftest import watched
from tests.support.pocket import stored_pages


@pytest.fixture
def tablet(transactional_db, server, console_clean, browser, browser_context_args, alice, log_in):
    context = watched(browser.new_context(**browser_context_args), console_clean, worker=True)
    yield stored_pages(context, alice, log_in)
    context.close()
