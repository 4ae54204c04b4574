"""The recipes for nginx and Caddy, word for word from the pages and files that people copy them from.

Only what everybody fills in is filled in: the name, the port of the proxy, and where the app is. Around it comes what a
recipe leaves to its reader: for nginx a certificate, for Caddy that it makes its own.
"""

import getpass
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.rig.servers import ROOT, Broken

NAME = "feet.example.org"
NGINX = """
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {name};
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;
        {recipe}
    }}
}}
"""
CADDY = """{{
    admin off
    auto_https disable_redirects
    local_certs
    skip_install_trust
    storage file_system {folder}
}}
{recipe}
"""


@dataclass(frozen=True)
class Recipe:
    source: str
    pattern: str  # of the block in the source
    configuration: Callable[[str, Path, int], str]  # from the block
    command: Sequence[str]
    authority: str  # the certificate that a client has to trust, in the folder

    def write(self, folder: Path, port: int, app: int) -> list[str]:
        """Writes the configuration. The command that serves it."""
        found = re.search(self.pattern, (ROOT / self.source).read_text(), re.DOTALL | re.MULTILINE)
        if not found:
            raise Broken(f"{self.source} has no such recipe any more.")
        block = re.sub(r"(127\.0\.0\.1|localhost|app-[12]):8000", f"127.0.0.1:{app}", textwrap.dedent(found[0]))
        (folder / "configuration").write_text(self.configuration(block, folder, port))
        return [part.format(folder=folder) for part in self.command]


def _nginx(block: str, folder: Path, port: int) -> str:
    return NGINX.format(user=getpass.getuser(), folder=folder, port=port, name=NAME, recipe=block)


def _caddy(block: str, folder: Path, port: int) -> str:
    name = NAME if port == 443 else f"{NAME}:{port}"
    return CADDY.format(folder=folder, recipe=block.replace("your.name", name).replace("{$DOMAIN}", name))


def _of_nginx(source: str) -> Recipe:
    command = ("nginx", "-e", "stderr", "-p", "{folder}", "-c", "{folder}/configuration")
    return Recipe(source, r"^ *location / \{$.*?^ *\}$", _nginx, command, "certificate.pem")


def _of_caddy(source: str, pattern: str) -> Recipe:
    command = ("caddy", "run", "--adapter", "caddyfile", "--config", "{folder}/configuration")
    return Recipe(source, pattern, _caddy, command, "pki/authorities/local/root.crt")


RECIPES = (
    _of_nginx("README.md"),
    _of_nginx("docs/operations.md"),
    _of_caddy("README.md", r"^ *your\.name \{$.*?^ *\}$"),
    _of_caddy("deploy/Caddyfile", r"^\{\$DOMAIN\} \{$.*^\}$"),
)
