"""How the database promises to keep what it has acknowledged: asked of a connection as Django opens it.

A `kill -9` leaves what the kernel has taken over, so it cannot tell NORMAL from FULL: a power cut does. Here only the
settings are looked at that make the database wait for the disk.
"""

from collections.abc import Mapping

from tools.rig.processes import run


class Unsafe(Exception):
    """The database may forget what it has acknowledged; its text says why."""


def weak_settings(environment: Mapping[str, str]) -> list[str]:
    """Those that are not as they have to be."""
    found = run("tools.storm.prepare", "durability", environment=environment)
    return [f"{name} is {value}, not {wanted}" for name, (value, wanted) in found.items() if value != wanted]
