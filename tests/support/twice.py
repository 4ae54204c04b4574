"""A form that is sent twice without scripts, by two connections of one browser."""

import re
from urllib.parse import urlsplit

from django.test import Client


def is_logged_in(client):
    return client.get("/settings/").status_code == 200


def end_of(answer):
    """What the browser gets at last: the status, the address, its message without ids."""
    address = urlsplit(answer.redirect_chain[-1][0])
    return answer.status_code, address.path + re.sub(r".*said=([a-z-]+).*", r" \1", address.query)


def fields_of(client, path):
    """The account that the form of that page names."""
    return {"account": re.search(r'name="account" value="([^"]+)"', client.get(path).content.decode())[1]}


def twice(client, path, fields):
    """Where the same form ends, sent by two connections of one browser: the second did not see the first answer."""
    other = Client()
    other.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return [end_of(each.post(path, fields, follow=True)) for each in (client, other)], other
