"""Many rows in small parts: on SQLite a transaction stops the other writers, and between two of them they write."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

ROWS = 50  # written in one transaction
Item = TypeVar("Item")


def in_batches(items: Sequence[Item], size: int = ROWS) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
