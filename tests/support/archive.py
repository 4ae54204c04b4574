"""Files of an archive: what stands in them, and how they are brought in."""

import json
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from exercises.models import FACTS, Preferences, Prescription
from exercises.record.archive.export import SET

OF_AN_ACCOUNT = {"id", "user_id", "digest", "recorded_at"}  # all other fields are the user's own


def a_kept_set(**fields):
    """As a file of ours has it."""
    dose = {"reps": 10, "effort_seconds": 4, "pause_seconds": 2, "variant": ""}
    entry = {"id": str(uuid4()), "exercise": "toe-presses", "slot": "morning", "day": "2026-11-19", "session": None}
    entry |= {"completed_at": "2026-11-19T07:00:00Z", "timezone": "UTC", "source": "timed", "reps": 10, "dose": dose}
    return {**entry, **fields}


def a_file(**sections):
    return {"version": 1, **sections}


def as_bytes(document):
    return json.dumps(document).encode()


def bring(client, content, name="footcare.json"):
    return client.post("/import/", {"file": SimpleUploadedFile(name, content)})


def bring_in(client, content):
    """Looked through and agreed to: the entries it says were added."""
    assert bring(client, content).status_code == 303
    return client.post("/import/preview/")


def kept_by(user, model):
    """All that a model keeps of a user, but for what belongs to the account."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in OF_AN_ACCOUNT]
    return sorted(map(repr, model._base_manager.filter(user=user).values_list(*names)))


def everything(user):
    return {model.__name__: kept_by(user, model) for model in (*FACTS, Prescription, Preferences)}


PRESCRIBED = {
    "exercise": "toe-walking",
    "since": "2026-11-01",
    "slots": ["morning"],
    "order": 1,
    "reps": 6,
    "effort_seconds": 20,
    "pause_seconds": 10,
    "variant": "",
}
WHOLE = as_bytes(a_file(sets=[a_kept_set(), a_kept_set()], preferences={"skin": 2, "theme": "dark"}))
TABLE = (",".join(SET) + "\r\n" + ",".join(["x"] * len(SET)) + "\r\n").encode()
