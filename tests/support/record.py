"""Readers of pages, and days to fill them."""

import re

from tests.support.usual_plan import ALL_EXERCISES, SESSION_SLOTS


def shown(client, path="/progress/", **headers):
    """The words of a page."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return words_of(answer)


def words_of(answer):
    """Of an answer, or of a piece of HTML."""
    html = answer if isinstance(answer, str) else answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.replace("<wbr>", "")).split())


def links_in(html):
    """{words: address}."""
    links = re.findall(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {words_of(words): address for address, words in links}


def whole_day(phone, day, exercises=ALL_EXERCISES):
    """All sets of a day, or those of some exercises; the two that midday does not ask for are extras."""
    for exercise in exercises:
        for slot in SESSION_SLOTS:
            phone.tap(exercise=exercise, slot=slot, completed_at=f"{day}T07:00:00+00:00")


def undo(client, *targets, follow=False, **fields):
    """By the form of a page."""
    return client.post("/undo/", {"target": targets, **fields}, follow=follow)


def targets_in(html):
    """What the Undo in this part of a page would undo."""
    return re.findall(r'name="target" value="([^"]+)"', html)
