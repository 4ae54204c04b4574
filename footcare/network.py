"""Under which names this machine may be asked for on the home network."""

import socket


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
