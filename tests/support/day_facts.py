"""Facts about a day, as a phone sends them: a rest day, pain, a note."""

from uuid import uuid4


def said(kind, at="07:00", day="2026-11-18", **fields):
    at = f"2026-11-20T{at}:00+00:00"
    return {"kind": kind, "id": str(uuid4()), "timezone": "UTC", "day": day, "said_at": at, **fields}


def rest_day(**fields):
    return said("rest_day", **{"reason": "sick", "on": True, **fields})


def pain(**fields):
    return said("pain", **{"site": "low-back", "score": 4, **fields})


def note(**fields):
    return said("note", **{"text": "Long walk.", **fields})


def pain_on(day, score, site="low-back"):
    """Rated on the day itself."""
    return pain(day=day, score=score, site=site, said_at=f"{day}T07:00:00+00:00")
