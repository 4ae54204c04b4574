"""The address of the client, and the names of this machine on the home network."""

import socket
from contextlib import suppress
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

PRIVATE = (".localhost", ".local", ".lan", ".internal", ".home.arpa")  # RFC 6761, 6762, 8375 and what routers use


def client_address(request: HttpRequest) -> str:
    """The address of the client, as far as it can be trusted; empty if unknown.

    Each proxy appends the address of its own client to X-Forwarded-For. With n trusted proxies the n-th address from
    the right is true, and those before it may be forged. Without a trusted proxy the header is ignored.
    """
    proxies = settings.TRUSTED_PROXY_COUNT
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    named = hops[-proxies].strip() if 0 < proxies <= len(hops) else ""
    for address in (named, request.META.get("REMOTE_ADDR", "")):
        with suppress(ValueError):
            known = ip_address(address)
            return str(getattr(known, "ipv4_mapped", None) or known)  # a dual-stack socket maps IPv4 to IPv6
    return ""


def client_network(request: HttpRequest) -> str:
    """The network of one client: an IPv6 client owns a /64."""
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def public_host(request: HttpRequest) -> str:
    """The name of this site without its port: in PUBLIC_URL, else in the address of this request."""
    return urlsplit(settings.PUBLIC_URL or f"//{request.get_host()}").hostname or ""


def home_address() -> str | None:
    """The address of this machine for phones in the same network. None without a network.

    Connecting a UDP socket sends nothing: the system picks a route, and with it the address.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def is_private(host: str) -> bool:
    """Whether a host is this machine or of a private network, by its address or its name. Looks nothing up."""
    with suppress(ValueError):
        address = ip_address(host)
        return address.is_private or address.is_loopback
    return "." not in host or host.endswith(PRIVATE)


def own_names(host: str) -> list[str]:
    """The host names of this machine: localhost, and its names on the network if `host` is open to it."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in ("0.0.0.0", "::"):
        return list(dict.fromkeys([*names, host]))
    hostname = socket.gethostname()
    return [*names, hostname, f"{hostname}.local", *filter(None, [home_address()])]
