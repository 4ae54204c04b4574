"""A phone as the server sees it: it makes ids and times, taps, repeats itself, and sends batches."""

from datetime import UTC, datetime
from uuid import uuid4

from django.utils import timezone

HTMX = {"HX-Request": "true"}
FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def a_tick(**fields):
    """A set as a phone sends it; `None` leaves a field out."""
    tick = {
        "id": str(uuid4()),
        "exercise": "toe-presses",
        "slot": "morning",
        "completed_at": timezone.now().isoformat(),
        "timezone": "UTC",
    }
    return {name: value for name, value in {**tick, **fields}.items() if value is not None}


def a_set(**fields):
    """The same as an event of a batch."""
    return {"kind": "set", **a_tick(**fields)}


def an_undo(target, **fields):
    return {"kind": "undo", "id": str(uuid4()), "target": target, "timezone": "UTC", **fields}


def a_trial(*sets, **fields):
    """The trial as a phone sends it with the sign-up; with two sets by default."""
    sets = sets or [a_set(exercise=slug, slot="midday", source="timed") for slug in ("toe-presses", "ankle-circles")]
    now = timezone.now()
    return {"id": str(uuid4()), "day": now.date().isoformat(), "sets": sets, "sent_at": now.isoformat(), **fields}


class Phone:
    """One user's phone, logged in."""

    def __init__(self, client):
        self.client = client

    def tap(self, tick=None, **fields):
        return self.client.post("/sets/", tick or a_tick(**fields), headers=HTMX)

    def undo(self, uuid, **fields):
        return self.client.post(f"/sets/{uuid}/undo/", {"id": str(uuid4()), **fields}, headers=HTMX)

    def send(self, *events, **batch):
        return self.client.post("/sync/", {"events": events, **batch}, content_type="application/json")

    def answers(self, *events, **batch):
        """What became of each event, in the order sent."""
        results = self.send(*events, **batch).json()["results"]
        return [results[event["id"]] for event in events]

    def export(self):
        return self.client.get("/export.json").json()

    def sets(self):
        """The sets that were not undone, from the export."""
        return [each for each in self.export()["sets"] if not each["undone"]]
