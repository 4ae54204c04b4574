"""The secret key: made once, readable by its owner only, never a well-known one."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ImproperlyConfigured

from footcare import keys
from footcare.keys import kept_secret_keys, refuse_known


def test_a_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(kept_secret_keys, [path] * 8)

    assert others == [first] * 7
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret_key"]
    refuse_known(*first)


def test_of_processes_that_start_together_one_makes_the_key(tmp_path, monkeypatch):
    both, made = Barrier(2), []

    def make():
        with suppress(BrokenBarrierError):  # the one that made it waits in vain, as the other is kept waiting
            both.wait(0.5)
        made.append("a key")
        return "a key"

    monkeypatch.setattr(keys, "get_random_secret_key", make)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(kept_secret_keys, [tmp_path / "secret_key"] * 2))

    assert made == ["a key"]


def test_a_disk_without_hard_links_keeps_a_key_too(tmp_path, monkeypatch):
    def refuse(*args, **options):
        raise PermissionError("this disk has no links")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "secret_key"

    assert kept_secret_keys(path) == kept_secret_keys(path)


def test_former_keys_stand_below_the_one_in_use(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("the-one-in-use\nthe-former\n")

    assert kept_secret_keys(path) == ["the-one-in-use", "the-former"]


def test_a_file_that_others_could_read_is_closed_and_an_empty_one_is_told(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("a-key\n")
    path.chmod(0o644)
    kept_secret_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    path.write_text("")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        kept_secret_keys(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture").write_bytes(b"\x89PNG")
    for name in ("folder", "picture"):
        with pytest.raises(ImproperlyConfigured, match=f"{name} cannot be read by the user"):
            kept_secret_keys(tmp_path / name)


@pytest.mark.parametrize(
    "key",
    [
        "changeme",
        "django-insecure-8#s2!kd0@f7q$w9e%r4t^y1u&i3o*p5a(s6d)f",
        "your-secret-key-here-and-nothing-but-that-key",
        "CHANGE-ME-IN-PRODUCTION-0123456789-abcdefghij",
        "x" * 64,
        "0123456789abcdefghijklmnopqrst",
    ],
)
def test_a_key_that_everybody_knows_is_refused(key):
    with pytest.raises(ImproperlyConfigured, match="Remove the setting"):
        refuse_known(key)
