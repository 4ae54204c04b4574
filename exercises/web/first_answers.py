"""The answers to the first questions, in the log-in session: until the last card, and never in an address."""

from collections.abc import MutableMapping
from typing import Any

KEY = "first_questions"


class FirstAnswers:
    """{"1": [what was said, what it was said of]}, by card."""

    def __init__(self, session: MutableMapping[str, Any]) -> None:
        self.session = session

    @property
    def begun(self) -> bool:
        """False in a new log-in session, and after the last card."""
        return KEY in self.session

    def begin(self) -> None:
        if not self.begun:
            self.session[KEY] = {}

    def end(self) -> None:
        self.session.pop(KEY, None)

    def keep(self, card: int, said: dict[str, Any], of: str) -> None:
        self.session[KEY] = {**self.session.get(KEY, {}), str(card): [said, of]}

    def drop(self, card: int) -> None:
        self.session[KEY] = {name: kept for name, kept in self.session.get(KEY, {}).items() if name != str(card)}

    def said(self, card: int, of: str) -> dict[str, Any] | None:
        """None if the card was skipped, or if what it was said of has changed since."""
        said, was_of = self.session.get(KEY, {}).get(str(card), (None, of))
        return said if was_of == of else None
