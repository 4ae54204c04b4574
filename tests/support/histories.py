"""Days, exercises and slots for the histories that hypothesis makes up."""

from datetime import date, timedelta

from hypothesis import strategies as st

from exercises.models import Exercise

SLUGS = ["presses", "walking", "band", "circles"]
EXERCISES = {slug: Exercise(pk=number, slug=slug, name=slug) for number, slug in enumerate(SLUGS, 1)}
MONDAY = date(2026, 11, 16)
DAYS = st.integers(-90, 8).map(lambda n: MONDAY + timedelta(days=n))
