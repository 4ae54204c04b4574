"""Every page of an account is one of ours: allauth has pages of its own for whatever lacks one."""

import pytest
from django.urls import reverse

from tests.support.addresses import addresses

pytestmark = pytest.mark.django_db

KEYS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
}
NAMES = sorted(name for name, _ in addresses() if name.startswith("account_"))


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_an_account_is_ours(alice_client, stranger, name):
    path = reverse(name, kwargs=KEYS.get(name, {}))
    pages = [client.get(path).content.decode() for client in (alice_client, stranger)]

    assert [page for page in pages if page and "· Footcare</title>" not in page] == []
    assert len(NAMES) > 11
