"""The catalogue and the demo account: made a second time, they are the same."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Exercise, User
from exercises.models.exercise import load_catalogue
from tests.conftest import logged_in
from tests.support.phone import Phone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]


def test_loading_twice_changes_nothing(catalogue):
    before = list(Exercise.objects.values())
    load_catalogue()

    assert list(Exercise.objects.values()) == before


def test_what_was_edited_in_the_admin_stays_and_the_rest_follows(catalogue):
    edited = Exercise.objects.get(slug="toe-presses")
    edited.summary = "My own words."
    edited.name, edited.loaded["name"] = "An older name", "An older name"
    edited.save()
    load_catalogue()

    edited.refresh_from_db()
    assert edited.summary == "My own words."
    assert edited.name == CATALOGUE[0].name


def test_an_exercise_edited_in_the_admin_keeps_its_drawing_and_records(catalogue, admin_client):
    exercise = Exercise.objects.get(slug="toe-presses")
    fields = {name: value for name, value in Exercise.objects.values().get(pk=exercise.pk).items() if value}
    address = f"/desk/exercises/exercise/{exercise.pk}/change/"
    admin_client.post(address, {**fields, "summary": "My own words.", "slug": "head-stand"})

    exercise.refresh_from_db()
    assert (exercise.summary, exercise.slug) == ("My own words.", "toe-presses")
    assert admin_client.get("/desk/exercises/exercise/add/").status_code == 403
    assert admin_client.post(f"/desk/exercises/exercise/{exercise.pk}/delete/").status_code == 403


@pytest.mark.parametrize("slug", [entry.slug for entry in CATALOGUE])
def test_each_exercise_has_a_page_with_its_steps_and_dose(stranger, catalogue, slug):
    exercise = Exercise.objects.get(slug=slug)
    page = stranger.get(f"/exercises/{slug}/").content.decode()

    assert exercise.name in page
    assert all(line.replace("'", "&#x27;") in page for line in exercise.steps.splitlines())
    assert str(exercise.effort_seconds) in page


def demo_user(**options):
    call_command("demo", verbosity=0, stdout=StringIO(), **options)
    return User.objects.get(email=options.get("email", "demo@example.org"))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"email": ""}, "--email has to be an email address"),
        ({"email": "not an address"}, "--email has to be an email address"),
        ({"email": "a@example.org\nb"}, "--email has to be an email address"),
        ({"email": "a@exam\u2028ple.org"}, "--email has to be an email address"),
        ({"email": f"{'a' * 300}@example.org"}, "--email has to be an email address"),
        ({"password": ""}, "Your password is too short"),
        ({"password": "password1"}, "Many people use this password"),
        ({"password": "ten-sets\n-a-day"}, "--password has a character that no form takes"),
        ({"days": -1}, "--days must be from 0"),
    ],
)
def test_a_demo_that_nobody_could_log_in_to_is_not_made(catalogue, options, says):
    with pytest.raises(CommandError, match=says):
        demo_user(**options)

    assert not User.objects.exists()


def test_the_demo_is_a_year_and_the_same_again(catalogue):
    first = Phone(logged_in(demo_user())).export()
    second = Phone(logged_in(demo_user())).export()

    assert first == second
    assert 2000 < len(first["sets"]) < 3650
    assert first["sets"][-1]["day"] == "2026-11-19"


def test_each_page_of_the_demo_says_that_it_is_made_up(catalogue, alice_client):
    demo = logged_in(demo_user(days=7))

    for path in ("/", "/progress/", "/report/", "/session/morning/"):
        assert b"all numbers are made up" in demo.get(path).content
        assert b"made up" not in alice_client.get(path).content
    assert b"made up" not in logged_in(demo_user(days=0)).get("/").content


def test_the_plan_of_the_demo_grows_to_the_usual_one(catalogue):
    presses = [
        each for each in Phone(logged_in(demo_user())).export()["prescriptions"] if "presses" in each["exercise"]
    ]

    assert [each["reps"] for each in presses] == [5, 7, 8, 10]


def test_the_pain_of_the_demo_is_no_worse_at_its_end(catalogue):
    scores = Phone(logged_in(demo_user())).export()["pain"]

    for site in ("low-back", "left-knee"):
        of_site = [each["score"] for each in scores if each["site"] == site]
        assert sum(of_site[-30:]) < sum(of_site[:30])


def test_the_demo_holds_the_sessions_its_sets_name(catalogue):
    export = Phone(logged_in(demo_user())).export()

    assert {each["session"] for each in export["sets"]} - {None} == {each["id"] for each in export["sessions"]}


def test_the_demo_was_away_three_times_and_wrote_notes(catalogue):
    export = Phone(logged_in(demo_user())).export()

    away = {each["day"] for each in export["rest_days"]}
    assert (len(away), {each["reason"] for each in export["rest_days"]}) == (27, {"away"})
    assert away.isdisjoint(each["day"] for each in export["sets"])
    assert len(export["notes"]) == 12


def test_a_demo_never_replaces_a_persons_records(alice, phone):
    phone.tap()
    with pytest.raises(CommandError, match="is not a demo account"):
        call_command("demo", email="Alice@example.org")

    assert len(phone.sets()) == 1


def test_zero_days_are_an_empty_account_one_can_log_in_to(catalogue, stranger):
    demo_user(email="new@example.org", password="a fine password", days=0)
    answer = stranger.post("/accounts/login/", {"login": "new@example.org", "password": "a fine password"}, follow=True)

    assert b"0 of 10 sets done today" in answer.content


def test_days_that_cannot_be_are_refused(catalogue):
    with pytest.raises(CommandError, match="from 0 to"):
        call_command("demo", days=-1)
