"""No plan makes a session longer than its sound can be; what was done is never refused for that."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Exercise, Prescription
from exercises.rules.timeline import MOST_SESSION_SECONDS, Dose, Kind, Step, session_seconds, too_long

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

TOO_LONG = "A session can last at most 30 minutes. Please choose fewer reps or fewer seconds."
TODAY = date(2026, 11, 20)


def minutes_of(*minutes):
    """Walks of a minute without a pause, each step in another position than the one before."""
    positions = ("standing", "seated", "lying", "standing")
    return [Step("", position, Dose(Kind.WALK, n, 60, 0)) for n, position in zip(minutes, positions, strict=False)]


def dose_of(alice, exercise, **fields):
    """Alice's dose of an exercise with some fields changed, not saved."""
    prescription = Prescription.objects.of(alice).get(exercise__slug=exercise)
    for name, value in fields.items():
        setattr(prescription, name, value)
    return prescription


def why_refused(prescription):
    """What is told, by field; "" for the form as a whole."""
    with pytest.raises(ValidationError) as refused:
        prescription.full_clean()
    return {name.replace("__all__", ""): " ".join(texts) for name, texts in refused.value.message_dict.items()}


def test_half_an_hour_is_not_too_long_and_a_second_more_is():
    to_the_second = [Step("", "standing", Dose(Kind.WALK, 1, MOST_SESSION_SECONDS - 5, 0))]
    a_second_more = [Step("", "standing", Dose(Kind.WALK, 1, MOST_SESSION_SECONDS - 4, 0))]

    assert (too_long(to_the_second), too_long(a_second_more)) == (False, True)


def test_the_slowest_changes_of_position_still_leave_room_for_the_sound():
    """12 MB of 16 bits at 3000 Hz are 2000 seconds."""
    longest = minutes_of(8, 8, 8, 5)

    assert 1740 < session_seconds(longest) <= MOST_SESSION_SECONDS
    assert session_seconds(longest, move_seconds=60) <= 2000
    assert too_long(longest, move_seconds=60)


def test_every_usual_dose_is_within_the_limits(catalogue):
    for exercise in Exercise.objects.all():
        exercise.full_clean()


@pytest.mark.parametrize(("field", "most"), [("reps", 50), ("effort_seconds", 120), ("pause_seconds", 120)], ids=str)
def test_a_dose_has_its_limits(alice, field, most):
    tiny = {"reps": 1, "effort_seconds": 1, "pause_seconds": 0}
    dose_of(alice, "toe-presses", **{**tiny, field: most}).full_clean()

    assert list(why_refused(dose_of(alice, "toe-presses", **{**tiny, field: most + 1}))) == [field]


@pytest.mark.parametrize("wrong", [{"reps": 0}, {"effort_seconds": None}, {"reps": 10**9}, {"order": None}], ids=str)
def test_what_is_no_dose_is_told_at_its_field(alice, wrong):
    assert list(why_refused(dose_of(alice, "toe-presses", **wrong))) == list(wrong)


def test_a_dose_that_makes_one_session_too_long_is_refused(alice):
    fits, too_much = (dose_of(alice, "toe-walking", reps=30, effort_seconds=seconds) for seconds in (38, 41))
    fits.full_clean()

    assert why_refused(too_much) == {"": TOO_LONG}


def test_an_exercise_that_is_off_can_be_done_alone_and_has_to_fit_too(alice):
    off = dose_of(alice, "toe-walking", reps=50, effort_seconds=40, morning=False, midday=False, evening=False)

    assert why_refused(off) == {"": TOO_LONG}


def test_only_what_is_in_force_together_is_added_up(alice):
    """Half an hour of walking fits once the band is off: tomorrow, not today."""
    tomorrow = TODAY + timedelta(days=1)
    usual = dose_of(alice, "resisted-plantar-flexion")
    off = {"morning": False, "midday": False, "evening": False}
    dose = {"reps": 15, "effort_seconds": 5, "pause_seconds": 2, "order": 3}
    Prescription.objects.create(user=alice, exercise=usual.exercise, since=tomorrow, **dose, **off)
    walking = {"reps": 30, "effort_seconds": 43}

    new = dose_of(alice, "toe-walking", **walking, since=tomorrow)
    new._state.adding = True
    new.full_clean()
    assert why_refused(dose_of(alice, "toe-walking", **walking)) == {"": TOO_LONG}


def test_a_dose_is_refused_for_what_comes_with_it_on_a_later_day(alice):
    walking = dose_of(alice, "toe-walking")
    later = {"reps": 30, "effort_seconds": 38, "pause_seconds": 10, "order": 2, "since": TODAY + timedelta(days=7)}
    Prescription.objects.create(user=alice, exercise=walking.exercise, **later)

    assert why_refused(dose_of(alice, "toe-presses", reps=50)) == {"": TOO_LONG}


def test_the_admin_is_told_why_a_usual_dose_is_too_much(catalogue, admin_client):
    exercise = Exercise.objects.get(slug="resisted-plantar-flexion")
    fields = {name: value for name, value in Exercise.objects.values().get(pk=exercise.pk).items() if value}
    address = f"/desk/exercises/exercise/{exercise.pk}/change/"
    refused = admin_client.post(address, {**fields, "reps": 40, "effort_seconds": 20})
    exercise.refresh_from_db()
    assert TOO_LONG in refused.content.decode()
    assert exercise.reps == 15

    assert admin_client.post(address, {**fields, "reps": 20}).status_code == 302
    exercise.refresh_from_db()
    assert exercise.reps == 20


def test_what_was_done_is_kept_however_much_it_was(phone):
    phone.tap(exercise=CATALOGUE[0].slug, reps="4000")

    assert [each["reps"] for each in phone.sets()] == [4000]
