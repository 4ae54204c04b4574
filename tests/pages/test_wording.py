"""The words for a dose."""

import pytest

from exercises.pages.wording import dose_text
from exercises.rules.timeline import Dose, Kind


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (Dose(Kind.HOLD, 10, 4, 2), "10 times, 4 seconds each"),
        (Dose(Kind.HOLD, 2, 1, 2), "2 times, 1 second each"),
        (Dose(Kind.HOLD, 1, 5, 2), "1 time, 5 seconds"),
        (Dose(Kind.HOLD, 1, 1, 2, sides=2), "1 time with each leg, 1 second"),
        (Dose(Kind.HOLD, 15, 5, 2, sides=2), "15 times with each leg, 5 seconds each"),
        (Dose(Kind.WALK, 1, 1, 2), "1 walk of 1 second"),
        (Dose(Kind.CIRCLE, 2, 1, 2, sides=2), "1 second each way, both legs"),
    ],
)
def test_one_of_anything_is_told_as_one(dose, text):
    assert dose_text(dose) == text
