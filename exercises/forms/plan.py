"""The forms of the plan: sessions, dose, variant and order of each exercise, and the first day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from exercises.catalogue.variants import variants_by_choice
from exercises.forms.settings import NOT_OFFERED, choice_field
from exercises.models import SESSION_SLOTS, Prescription
from exercises.pages import wording
from exercises.pages.dose_card import DoseCard
from exercises.pages.plan_proposals import CurrentPlan, PlanPreview, preview
from exercises.rules import plan_scaling
from exercises.rules.timeline import MOST_REPS, MOST_SECONDS, PAUSE_AFTER, Kind

FURTHEST = timedelta(days=366)
NO_DAY = gettext_lazy("Please choose the day.")
BY_FIVE = (Kind.WALK, Kind.REST)  # these last long, so the buttons change them by five


def number(label: str, least: int, most: int, step: int = 1) -> forms.IntegerField:
    """A number field; its buttons change it by `step`."""
    wrong = _("Please choose a number from %(least)d to %(most)d.") % {"least": least, "most": most}
    names = ("required", "invalid", "min_value", "max_value")
    widget = forms.NumberInput({"data-by": step, "inputmode": "numeric"})
    errors = dict.fromkeys(names, wrong)
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, error_messages=errors)


class PartForm(forms.Form):
    """One exercise. `held` is its current prescription, `shown` the one in the fields, `place` its order."""

    slots = forms.MultipleChoiceField(
        label=pgettext_lazy("label", "Sessions"),
        choices=[(slot.value, slot.label) for slot in SESSION_SLOTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    )

    def __init__(self, held: Prescription, shown: Prescription, place: int, places: int, data: Any = None) -> None:
        super().__init__(data, prefix=held.exercise.slug, initial=self._initial(shown, place))
        self.held, self.place, self.card = held, place, DoseCard(shown if data is None else held)
        exercise, dose, effort = held.exercise, held.dose, Kind(held.exercise.effort)
        self.fields["reps"] = number(
            wording.reps_label(dose, held.variant_data), 1, MOST_REPS, step=2 if effort == Kind.CIRCLE else 1
        )
        for name, kind, least in (("effort_seconds", effort, 1), ("pause_seconds", PAUSE_AFTER[effort], 0)):
            if kind != Kind.TURN:  # the turn has a fixed length
                label = wording.length_label(exercise, kind, held.variant_data)
                self.fields[name] = number(label, least, MOST_SECONDS, step=5 if kind in BY_FIVE else 1)
        variants = variants_by_choice(exercise.slug)
        self.ways = [held.changed(variant=each.slug) for each in variants.values()]
        if len(self.ways) > 1:
            self.fields["variant"] = choice_field(
                [(each.variant_data.choice, each.name) for each in self.ways],
                _("Way to do it"),
                coerce=lambda choice: variants[choice].slug,
                widget=forms.RadioSelect,
            )
        if places > 1:
            turns = [(turn, _turn_text(turn)) for turn in range(1, places + 1)]
            self.fields["place"] = choice_field(turns, _("Order in a session"), coerce=int)

    @staticmethod
    def _initial(shown: Prescription, place: int) -> dict[str, Any]:
        return {**shown.amount, "slots": shown.slots, "variant": shown.variant_data.choice, "place": place}

    @property
    def name(self) -> str:
        return pgettext("exercise", self.held.exercise.name)

    @property
    def numbers(self) -> list[forms.BoundField]:
        """How many, how long, and the pause."""
        return [field for field in self if isinstance(field.field, forms.IntegerField)]

    @property
    def wanted_place(self) -> int:
        return self.cleaned_data.get("place", self.place)

    def applied_to(self, held: Prescription) -> Prescription:
        return held.changed(**{name: value for name, value in self.cleaned_data.items() if name != "place"})


class WhenForm(forms.Form):
    """The first day of the change. `today` is the user's day."""

    when = choice_field(
        [("today", pgettext_lazy("choice", "From today")), ("later", gettext_lazy("From a later day"))],
        gettext_lazy("When the change starts"),
        required=False,
        widget=forms.RadioSelect,
    )
    since = forms.DateField(
        label=pgettext_lazy("label", "Which day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
    )

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"when": "today", "since": today + timedelta(days=1)})
        self.today = today
        self.fields["since"].widget.attrs |= {"min": today.isoformat(), "max": (today + FURTHEST).isoformat()}

    def clean(self) -> dict[str, Any]:
        """A day without a choice counts as "from a later day"."""
        values = super().clean() or {}
        since = values.get("since")
        if values.get("when") == "today" or (not since and not values.get("when")):
            return {**values, "day": self.today}
        if since is None and "since" in values:
            self.add_error("since", NO_DAY)
        elif since and since < self.today:
            self.add_error("since", _("That day is in the past. Please choose today or a later day."))
        elif since and since > self.today + FURTHEST:
            self.add_error("since", _("Please choose a day within a year."))
        return {**values, "day": since}


class ChangeForm:
    """A change of the plan: a part for each exercise, and its first day."""

    def __init__(self, current: CurrentPlan, data: Any = None, shown: Sequence[Prescription] | None = None) -> None:
        """`shown` is the plan to propose instead of `current`."""
        self.current, self.shown = current, shown or current.all
        places = {each.exercise_id: (each, place) for place, each in enumerate(self.shown, 1)}
        self.parts = [PartForm(each, *places[each.exercise_id], len(current.all), data) for each in current.all]
        self.when = WhenForm(current.day, data)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in (*self.parts, self.when))

    def refuse(self, refused: ValidationError) -> None:
        """Adds an error that only the whole plan shows."""
        self.when.add_error(None, refused.messages)

    def preview(self, move_seconds: int) -> PlanPreview | None:
        """The effect of the change. None if the form has an error, which `error` then names."""
        if self.when.is_bound and not self.is_valid():
            return None
        current, wanted = (self.on_its_day, self.wanted) if self.when.is_bound else (self.current, self.shown)
        try:
            if self.when.is_bound or self.is_proposal:  # a plan as it is was checked when it was saved
                current.refuse(wanted)
        except ValidationError as refused:
            self.refuse(refused)
            return None
        return preview(current, wanted, move_seconds)

    @property
    def is_proposal(self) -> bool:
        return self.shown is not self.current.all

    @property
    def day(self) -> date:
        return self.when.cleaned_data["day"]

    @property
    def on_its_day(self) -> CurrentPlan:
        """The plan of that day without this change."""
        return replace(self.current, day=self.day)

    @property
    def error(self) -> str:
        """The first error, with the name of its field."""
        for form in (*self.parts, self.when):
            for name, errors in form.errors.items():
                names = [form.name] if isinstance(form, PartForm) else []
                names += [str(form.fields[name].label)] if name in form.fields else []
                return ": ".join([*names, str(errors[0])])
        return ""

    @property
    def wanted(self) -> list[Prescription]:
        """The new prescriptions. Each keeps its place unless one of them moves."""
        parts = {part.held.exercise_id: part for part in self.parts}
        held = self.on_its_day.all
        asked = [parts[each.exercise_id].applied_to(each) for each in held]
        places = [(place, parts[each.exercise_id].wanted_place) for place, each in enumerate(held, 1)]
        turns = plan_scaling.reorder(places)
        if turns == sorted(turns):
            return asked
        return [asked[n].changed(order=place) for place, n in enumerate(turns, 1)]


def _turn_text(turn: int) -> str:
    first = [pgettext("order", "First"), pgettext("order", "Second"), pgettext("order", "Third")]
    first += [pgettext("order", "Fourth")]
    return first[turn - 1] if turn <= len(first) else str(turn)
