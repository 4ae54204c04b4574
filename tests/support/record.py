"""Reading the pages of the record, and living the days that they show."""

import re


def shown(client, path="/progress/", **headers):
    """The words of a page."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", "")).split())


def whole_day(phone, day, exercises=("toe-presses", "toe-walking", "resisted-plantar-flexion", "ankle-circles")):
    """All sets of a day, or those of some exercises; the two that midday does not ask for are extras."""
    for exercise in exercises:
        for slot in ("morning", "midday", "evening"):
            phone.tap(exercise=exercise, slot=slot, completed_at=f"{day}T07:00:00+00:00")
