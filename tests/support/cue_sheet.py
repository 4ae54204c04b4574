"""The cue sheet that the page of a session carries."""

import json
import re


def sheet_of(client, path="/session/morning/"):
    page = client.get(path).content.decode()
    return json.loads(re.search(r'<script id="cue-sheet" type="application/json">(.*?)</script>', page)[1])


def of_step(sheet, exercise, *kinds):
    """The phases of one exercise, of these kinds only."""
    step = [each["exercise"] for each in sheet["steps"]].index(exercise)
    return [phase for phase in sheet["phases"] if phase["step"] == step and phase["kind"] in kinds]
