"""Somebody who has just signed up, and answers the first questions."""

import re
from datetime import UTC, date, datetime

from django.test import Client

from exercises.models import User

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}
MIDDAY = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STANDARD = {"toe-presses": "", "toe-walking": "", "resisted-plantar-flexion": "", "ankle-circles": ""}
USUAL, STARTER = (10, 6, 15, 2), (5, 3, 8, 2)
SKIP = {"skip": "this"}


def signed_up():
    client = Client()
    assert client.post("/accounts/signup/", CARLA)["Location"] == "/first/1/"
    client.get("/first/1/")
    return client


def seen_by(client, card=4):
    """What the page knows of the plan in force."""
    found = re.search(r'name="seen" value="(\w+)"', client.get(f"/first/{card}/").content.decode())
    return found and found[1]


def say(client, card, **said):
    """Answer a card as its page would."""
    again = {"again": "yes"} if 'name="again"' in client.get(f"/first/{card}/").content.decode() else {}
    return client.post(f"/first/{card}/", {"seen": seen_by(client, card) or "", **again, **said})


def answer_all(client, *answers):
    for card, said in enumerate(answers, 1):
        answer = say(client, card, **said)
    return answer


def carla():
    return User.objects.get(email=CARLA["email"])


def ways(day=TODAY):
    return {each.exercise.slug: each.variant for each in carla().plan.on(day)}


def reps(day=TODAY):
    return tuple(each.reps for each in carla().plan.on(day))


def checked(client, card):
    page = client.get(f"/first/{card}/").content.decode()
    return [re.search(r'value="([\w-]+)"', tag)[1] for tag in re.findall(r"<input[^>]*>", page) if " checked" in tag]
