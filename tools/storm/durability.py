"""The durability settings of the database, read from a connection as Django opens it.

A `kill -9` leaves what the kernel has taken over, so it cannot tell NORMAL from FULL: a power cut does. Here only the
settings are looked at that make the database wait for the disk.
"""

from collections.abc import Mapping

from tools.rig.processes import run


class Unsafe(Exception):
    """The database may lose committed data; the text says why."""


def weak_settings(environment: Mapping[str, str]) -> list[str]:
    """The settings that differ from the required ones."""
    found = run("tools.storm.accounts", "durability", environment=environment)
    return [f"{name} is {value}, not {wanted}" for name, (value, wanted) in found.items() if value != wanted]
