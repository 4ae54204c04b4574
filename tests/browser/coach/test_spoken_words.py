"""Words are spoken one at a time and never over the next phase: in plans from all that the limits allow."""

import random
from itertools import pairwise

import pytest

from exercises.catalogue.exercises import CATALOGUE
from exercises.catalogue.variants import VARIANTS
from exercises.models import Exercise, Slot
from exercises.models.prescription import usual_prescription
from exercises.pages.cue_sheet import cue_sheet
from exercises.pages.session import GuidedSession
from exercises.rules.timeline import MOST_REPS, MOST_SECONDS, too_long
from tests.support.heard import EARCONS, cues_of

PLANS = 50
SHORT = (1, 2, 3, 4, 5, 8)  # reps and seconds at which the time gets short
MOVES = (5, 10, 60)  # seconds to change position


def some_session(rng):
    """A session of some exercises in any of their ways, with any dose that the plan accepts."""
    while True:
        entries = rng.sample(CATALOGUE, rng.randint(1, len(CATALOGUE)))
        steps = tuple(some_prescription(rng, entry) for entry in entries)
        session = GuidedSession(Slot.MORNING, steps, (), rng.choice(MOVES))
        if not too_long(session.steps, session.move_seconds):
            return session


def some_prescription(rng, entry):
    def upto(most, least):
        return rng.choice([*SHORT, rng.randint(least, most)])

    variant = rng.choice(["", *(each.slug for each in VARIANTS[entry.slug])])
    prescription = usual_prescription(Exercise(slug=entry.slug, **entry.fields()), variant=variant)
    prescription.reps, prescription.effort_seconds = upto(MOST_REPS, 1), upto(MOST_SECONDS, 1)
    prescription.pause_seconds = rng.choice([0, upto(MOST_SECONDS, 0)])
    return prescription


@pytest.fixture(scope="module")
def sheets(static_files):
    rng = random.Random(17)
    return [cue_sheet(some_session(rng)) for _ in range(PLANS)]


@pytest.fixture(scope="module")
def scheduled():
    """By the choice of sounds: the cues of all sheets."""
    return {}


@pytest.fixture(params=["loud", "hearing"])
def heard(request, page, sheets, scheduled):
    """(sheet, cues) of each plan, with tones of the usual length and with long ones."""
    if request.param not in scheduled:
        page.goto("/help/")
        scheduled[request.param] = cues_of(page, sheets, {"room": request.param})
    return list(zip(sheets, scheduled[request.param], strict=True))


def words_of(cues):
    return [cue for cue in cues if cue["name"] not in EARCONS]


def test_no_word_is_spoken_over_the_next_phase(heard):
    for sheet, cues in heard:
        ends = [phase["at"] + phase["seconds"] for phase in sheet["phases"]]
        for word in words_of(cues):
            end = next((end for end in ends if end > word["at"]), None)
            assert end is None or word["end"] <= end, (word, end)


def test_words_of_safety_and_the_side_are_never_left_out(heard):
    for sheet, cues in heard:
        said = words_of(cues)
        for phase in sheet["phases"]:
            for phrase in phase["say"]:
                if phrase["part"] in ("safety", "side"):
                    assert is_said(phrase["text"], phase, said), (phrase, phase)


def is_said(text, phase, said):
    return any(each["name"] == text and phase["at"] < each["at"] < phase["at"] + phase["seconds"] for each in said)


def test_one_speaks_at_a_time_and_no_tick_sounds_under_a_word(heard):
    for _, cues in heard:
        words = words_of(cues)
        assert all(one["end"] <= two["at"] for one, two in pairwise(words))
        ticks = [cue["at"] for cue in cues if cue["name"] in ("tick", "pulse")]
        assert not [at for at in ticks for word in words if word["at"] < at < word["end"]]
