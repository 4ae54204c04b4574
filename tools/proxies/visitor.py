"""Somebody who uses Footcare through a proxy, as a browser does: TLS, cookies, tokens of forms, an Origin."""

import re
import socket
from contextlib import closing
from http.client import HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from ssl import create_default_context
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from tools.proxies.recipes import NAME
from tools.rig.servers import Broken

ACCOUNT = {"login": "demo@example.org", "password": "ten-sets-a-day"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = "application/x-www-form-urlencoded"
FILE = '--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{text}\r\n'
LARGE = 2_000_000  # bytes: nginx takes one million unless it is told otherwise


class Answer(NamedTuple):
    status: int
    text: str


class Visitor:
    def __init__(self, port: int, authority: Path) -> None:
        self.port, self.context, self.cookies = port, create_default_context(cafile=authority), SimpleCookie()
        self.origin = f"https://{NAME}" if port == 443 else f"https://{NAME}:{port}"

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        own = {"Cookie": self.cookies.output([], "", ";").replace("\n", "").strip(), "Origin": self.origin}
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        with closing(HTTPSConnection(NAME, self.port)) as connection:
            connection.sock = self.context.wrap_socket(plain, server_hostname=NAME)
            connection.request(method, path, body.encode(), {"Content-Type": FORM} | own | headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
            return Answer(answer.status, answer.read().decode())

    def send(self, path: str, page: str, **fields: str) -> Answer:
        """A form, with the token of the page that it is on."""
        return self.ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": self._token(page)}))

    def bring(self, path: str, text: str) -> Answer:
        """A file, by the form of that page."""
        token = FILE.format(name="csrfmiddlewaretoken", file="", text=self._token(path))
        file = FILE.format(name="file", file='; filename="footcare.json"', text=text)
        kind = {"Content-Type": "multipart/form-data; boundary=edge"}
        return self.ask("POST", path, f"{token}{file}--edge--\r\n", **kind)

    def _token(self, page: str) -> str:
        answer = self.ask("GET", page)
        found = TOKEN.search(answer.text)
        if not found:
            raise Broken(f"{page} answers {answer.status} without a form")
        return found[1]


def visit(visitor: Visitor) -> list[str]:
    """What went wrong with a log-in, a tick, a file, two refusals and a log-out."""
    tick = str(uuid4())
    seen = {
        "log-in": visitor.send("/accounts/login/", "/accounts/login/", **ACCOUNT).status == 302,
        "tick": visitor.send("/sets/", "/", id=tick, exercise="toe-presses").status == 303,
        "tick kept": tick in visitor.ask("GET", "/export.json").text,
        "file of 2 MB": visitor.bring("/import/", " " * LARGE).status == 422,
        "form of another site": visitor.ask("POST", "/sets/", Origin="https://evil.example").status == 403,
        "another name": not TOKEN.search(visitor.ask("GET", "/accounts/login/", Host="evil.example").text),
        "log-out": visitor.send("/accounts/logout/", "/").status == 302,
        "logged out": visitor.ask("GET", "/export.json").status == 401,
    }
    return [what for what, good in seen.items() if not good]
