"""The manifest and icons that a phone asks for before it installs Footcare."""

import struct

import pytest
from django.urls import Resolver404, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PNG = b"\x89PNG\r\n\x1a\n"


def size_of(picture):
    """Width and height, as the file itself says."""
    head = picture.read_bytes()[:24]
    assert head.startswith(PNG)
    return "{}x{}".format(*struct.unpack(">II", head[16:24]))


@pytest.fixture
def manifest(client):
    return client.get("/manifest.webmanifest").json()


def test_the_pictures_it_names_are_as_large_as_it_says(manifest, static_files):
    pictures = [*manifest["icons"], *manifest["screenshots"]]

    assert {(each["sizes"], each.get("purpose")) for each in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert [each["sizes"] for each in pictures] == [
        size_of(static_files / each["src"].removeprefix("/static/")) for each in pictures
    ]


def test_its_addresses_are_pages_of_ours(manifest):
    addresses = [manifest["start_url"], *(each["url"] for each in manifest["shortcuts"])]

    for address in addresses:
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(address)
    assert manifest["id"] == manifest["scope"] == "/"


def test_every_page_names_it(client):
    assert b'<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content


@pytest.mark.usefixtures("friday_morning")
def test_the_shortcut_leads_to_the_session_it_is_time_for(alice_client):
    assert alice_client.get("/session/").headers["Location"] == "/session/morning/"


@pytest.mark.usefixtures("friday_morning")
def test_the_shortcut_leads_to_today_when_nothing_is_left(alice, alice_client):
    alice.prescriptions.update(morning=False, midday=False, evening=False)

    assert alice_client.get("/session/").headers["Location"] == "/"
