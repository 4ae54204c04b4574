"""Time zones by their places. The names are those of the IANA database: "Europe/Berlin" has the place "Berlin"."""

from functools import cache
from unicodedata import combining, normalize

# Offered in the settings, from west to east. Every other zone is found by its place or its name.
OFFERED = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Denver",
    "America/Chicago",
    "America/Mexico_City",
    "America/New_York",
    "America/Toronto",
    "America/Bogota",
    "America/Lima",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Dublin",
    "Africa/Lagos",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Amsterdam",
    "Europe/Zurich",
    "Europe/Berlin",
    "Europe/Rome",
    "Europe/Vienna",
    "Europe/Copenhagen",
    "Europe/Stockholm",
    "Europe/Prague",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Kyiv",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)


def place_in(zone: str) -> str:
    """ "Buenos Aires" of "America/Argentina/Buenos_Aires"."""
    return zone.rpartition("/")[2].replace("_", " ")


def zone_at(text: str, zones: frozenset[str]) -> str | None:
    """The zone with this name or place, in any spelling of case and accents. Of two with one place, an offered one."""
    return _spellings(zones).get(_folded(text))


@cache
def _spellings(zones: frozenset[str]) -> dict[str, str]:
    """A name counts before a place, so it comes last."""
    least_first = [*sorted(zones, reverse=True), *(zone for zone in OFFERED if zone in zones)]
    return {_folded(place_in(zone)): zone for zone in least_first} | {_folded(zone): zone for zone in zones}


def _folded(text: str) -> str:
    plain = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return " ".join(plain.casefold().replace("_", " ").split())
