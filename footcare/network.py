"""Who asks, and under which names this machine may be asked for on the home network."""

import socket
from contextlib import suppress
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address the request came from, by the nearest sender that can be trusted.

    Each proxy adds the address it was asked from at the end of X-Forwarded-For, so with n trusted proxies the n-th
    from the right is true, and all before it may be forged; with none the header is not looked at.
    """
    proxies = settings.TRUSTED_PROXY_COUNT
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    named = hops[-proxies].strip() if 0 < proxies <= len(hops) else ""
    for address in (named, request.META.get("REMOTE_ADDR", "")):
        with suppress(ValueError):
            known = ip_address(address)
            return str(getattr(known, "ipv4_mapped", None) or known)  # as a socket for both kinds tells IPv4
    return ""


def client_network(request: HttpRequest) -> str:
    """Whose address it is: an IPv6 caller owns all of a /64."""
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def home_address() -> str | None:
    """The address by which a phone in the same network reaches this machine, None without a network.

    A UDP socket is "connected" without sending anything: the system only picks the route and so the address.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def own_names(host: str) -> list[str]:
    """Host names that are this machine: always localhost, and when `host` is open to the network, its names there."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in ("0.0.0.0", "::"):
        return list(dict.fromkeys([*names, host]))
    hostname = socket.gethostname()
    return [*names, hostname, f"{hostname}.local", *filter(None, [home_address()])]
