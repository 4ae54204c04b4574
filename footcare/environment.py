"""The settings from the environment: each is read right, or refused with one sentence that names it.

A blank around a value is not part of it, and an empty value counts as not set. No sentence quotes a value: it may hold
a password and sentences end in logs.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from email.utils import getaddresses
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from footcare.network import is_private

ON, OFF = ("1", "on", "true", "yes"), ("0", "off", "false", "no")
HOST_NAME = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\]", re.ASCII | re.IGNORECASE)
SERVICE = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*(:[1-9][0-9]{0,4})?", re.IGNORECASE)
PATH = re.compile(r"[\w~.-]+(/[\w~.-]+)*", re.ASCII)
CONTACT = re.compile(r"(mailto:|tel:|https://)\S+")
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
SITE = re.compile(r"https?://([^\s/?#@:[\]]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?", re.IGNORECASE)
WELL_KNOWN, LONGEST_PROVIDER = "/.well-known/openid-configuration", 200  # characters: those of allauth's column
POSTGRESQL, SQLITE = ("postgresql", "postgres"), "sqlite"
STARTTLS, TLS = {"EMAIL_USE_TLS": True}, {"EMAIL_USE_SSL": True}
MAIL: dict[str, tuple[int, dict[str, bool]]] = {  # the usual port of each kind, and how it is kept secret
    "smtp": (25, {}),
    "smtp+tls": (587, STARTTLS),
    "submission": (587, STARTTLS),
    "smtp+ssl": (465, TLS),
}
OF_DJANGO = {"transaction_mode", "init_command"}  # the other options of a SQLite database are SQLite's own
JOINED = ("options", "init_command")  # options of a database that are lists of commands


class Environment:
    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name, "").strip()
        if not value.isprintable():
            _refuse(name, "has a line break or another invisible character")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            _refuse(name, "has quotes around it that would be part of it. Remove them")
        return value or default

    def switch(self, name: str, default: bool) -> bool:
        word = self.text(name, ON[0] if default else OFF[0]).lower()
        if word not in ON + OFF:
            _refuse(name, f"has to be one of {', '.join(ON)} or one of {', '.join(OFF)}")
        return word in ON

    def number(self, name: str, default: int) -> int:
        """A whole number, not below 0."""
        digits = self.text(name, str(default))
        if not re.fullmatch("[0-9]{1,9}", digits):
            _refuse(name, "has to be a whole number such as 1")
        return int(digits)

    def parts(self, name: str) -> list[str]:
        """What is separated by commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def hosts(self, name: str, default: list[str]) -> list[str]:
        named = self.parts(name) or default
        if not all(map(HOST_NAME.fullmatch, self.parts(name))):
            _refuse(name, "has to be names such as feet.example.org, with commas between, without https:// and port")
        return named

    def services(self, name: str) -> list[str]:
        """Names of hosts, each with a port if it is not the usual one. A dot in front: this domain and all below it."""
        named = self.parts(name)
        if not all(map(SERVICE.fullmatch, named)):
            _refuse(name, "has to be names such as push.example.org or push.example.org:8443, with commas between")
        return [each.lower() for each in named]

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).absolute()

    def own_folder(self, name: str, default: Path) -> Path:
        """A folder that is made if it is missing, for the owner of the process alone."""
        path = self.folder(name, default)
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            _refuse(name, f"cannot be used as a folder: {error.strerror}")
        return path

    def path(self, name: str) -> str:
        """A path of the site, without the slashes around it."""
        path = self.text(name).strip("/")
        if path and not PATH.fullmatch(path):
            _refuse(name, "has to be letters and digits without accents, with . - _ ~ or a slash between")
        return path

    def sender(self, name: str, default: str) -> str:
        """An email address, with or without a name before it."""
        value = self.text(name)
        if value and [bool(ADDRESS.fullmatch(address)) for _, address in getaddresses([value])] != [True]:
            _refuse(name, "has to be one address, as in footcare@example.org or Footcare <footcare@example.org>")
        return value or default

    def contact(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not CONTACT.fullmatch(value):
            _refuse(name, "has to begin with mailto:, tel: or https:// and must have no blank")
        return value

    def url(self, name: str, example: str, *schemes: str) -> str:
        value = self.text(name)
        if value:
            _split(name, value, example, *schemes)
        return value

    def hook(self, name: str) -> str:
        """The address of a service that takes messages by POST; with "ntfy+" before it, of an ntfy server."""
        example = "https://host/path, or ntfy+https://host/topic for ntfy"
        value = self.url(name, example, "http", "https", "ntfy+http", "ntfy+https")
        if value and not urlsplit(value).hostname:
            _refuse(name, f"has to look like {example}")
        return value

    def provider(self, name: str) -> str:
        """The issuer of single sign-on, without a slash at the end; its discovery address says the same.

        Passwords and addresses go there. So it is http only where the name is of this machine or of a private network.
        """
        example = "https://auth.example.org, or http:// for a name of your own network"
        value = self.url(name, example, "http", "https").removesuffix(WELL_KNOWN).rstrip("/")
        url = urlsplit(value)
        if value and (not url.hostname or url.username or url.query or len(value) > LONGEST_PROVIDER):
            _refuse(name, f"has to look like {example}")
        if url.scheme == "http" and not is_private(url.hostname or ""):
            _refuse(name, "has to begin with https://, because log-ins go over the internet to it")
        return value

    def together(self, name: str, needed: Sequence[str], of_it: Sequence[str]) -> None:
        """Refuses half a configuration: `name` without the `needed`, or one of the others without `name`."""
        if self.text(name):
            missing = [each for each in needed if not self.text(each)]
            if missing:
                _refuse(missing[0], f"has to be set too, because {name} is set")
        elif given := [each for each in (*needed, *of_it) if self.text(each).lower() not in ("", *OFF)]:
            _refuse(name, f"has to be set too, because {given[0]} is set")

    def site(self, name: str, required: bool) -> str:
        """The address at which browsers find this site: scheme and host, without a slash at the end."""
        value = self.text(name).rstrip("/")
        if (value or required) and not SITE.fullmatch(value):
            address = "the address that people open, like https://feet.example.org"
            _refuse(name, f"has to be {address}, because the links in mails and reminders begin with it")
        return value

    def database(self, name: str, default: str, options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """An entry of DATABASES. `options` are ours for each kind of database; those of the URL win over them."""
        value = self.text(name, default)
        example = "postgresql://user:password@host/name or sqlite:////folder/file"
        url = _split(name, value, example, *POSTGRESQL, SQLITE)
        if not url.path.strip("/") or (url.netloc and url.scheme == SQLITE):
            _refuse(name, f"has to look like {example}")
        entry: dict[str, Any] = {**dj_database_url.parse(value)}
        ours, theirs = options[SQLITE if url.scheme == SQLITE else POSTGRESQL[0]], entry.get("OPTIONS", {})
        if url.scheme == SQLITE and not _sqlite_takes(theirs):
            _refuse(name, "has an option that SQLite does not take")
        joined = {key: f"{ours[key]} {theirs[key]}" for key in JOINED if key in ours and key in theirs}
        return entry | {"OPTIONS": {**ours, **theirs, **joined}}

    def mail(self, name: str) -> dict[str, Any]:
        """The settings of Django for a mail server; none without a URL."""
        if not (value := self.text(name)):
            return {}
        example = "smtp+tls://user:password@host:587"
        url = _split(name, value, example, *MAIL)
        if not url.hostname or url.path.strip("/") or url.query:
            _refuse(name, f"has to look like {example}, with nothing after the port")
        port, secrecy = MAIL[url.scheme]
        return {
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or port,
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            **secrecy,
        }


def _sqlite_takes(options: Mapping[str, Any]) -> bool:
    try:
        sqlite3.connect(":memory:", **{name: options[name] for name in options.keys() - OF_DJANGO}).close()
    except (TypeError, ValueError, OverflowError, sqlite3.Error):
        return False
    return True


def _split(name: str, value: str, example: str, *schemes: str) -> SplitResult:
    """The URL. A raw sign of a password ends the part that it is in, and the rest would be taken for a host."""
    if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        _refuse(name, f"has to look like {example}")
    try:
        url = urlsplit(value)
        astray = url.fragment or url.port == 0 or (url.netloc and "@" in url.path + url.query)
    except ValueError:
        astray = True
    if astray:
        _refuse(name, "has a character in its user or password that has to be encoded: %40 for @, %2F for /, %23 for #")
    return url


def _refuse(name: str, why: str) -> NoReturn:
    raise ImproperlyConfigured(f"{name} {why}.") from None  # the error of a parser quotes the value
