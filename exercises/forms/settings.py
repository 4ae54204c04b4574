"""The forms of the settings, one for each group."""

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models import Preferences, Site
from exercises.record.plan_changes import begin_earlier
from exercises.rules.days import into_the_day, zone_named, zone_names
from exercises.rules.zones import OFFERED, place_in, zone_at

NOT_OFFERED = _("Please choose one of these.")
NO_TIME = _("Please enter a time like 07:30.")
NO_PLACE = _("We do not know this city. Please type another large city in your time zone, like Berlin.")
NO_DAY = _("Please enter a day like 2026-11-20.")
TOO_EARLY = _("This time must be later in your day than the one above.")
TOO_LATE = _("This time must be earlier in your day than the one below.")
OUT_OF_ORDER = _("With this start of the day, your sessions would be out of order. Please change their times first.")
SESSIONS = ("morning_at", "midday_at", "evening_at")
ORDERED = (*SESSIONS, "day_starts_at")


def choice_field(
    choices: Any, label: Any, hint: Any = "", wrong: Any = NOT_OFFERED, **options: Any
) -> forms.ChoiceField:
    """A field with a few choices. For any other value it says `wrong`, which never repeats that value."""
    errors = {"required": wrong, "invalid_choice": wrong}
    return forms.TypedChoiceField(choices=choices, label=label, help_text=hint, error_messages=errors, **options)


class Group(forms.ModelForm):
    """Some fields of the preferences, or `only` one of them. It saves no others: another tab may have saved those."""

    def __init__(self, *args: Any, only: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {name: self.fields[name] for name in ([only] if only else self.offered())}

    @classmethod
    def offered(cls) -> list[str]:
        """The names of the fields that this server offers."""
        return [*cls.base_fields]

    @property
    def first_error(self) -> str:
        """The sentence for a field that was sent alone, also where only the whole group is wrong."""
        return str(next(iter(self.errors.values()))[0])

    def save(self, commit: bool = True) -> Preferences:
        self.instance.save(update_fields=list(self.fields))
        return self.instance


class SitesField(forms.MultipleChoiceField):
    """Any number of places, stored as one text."""

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        return " ".join(site for site in Site.values if site in chosen)


class ZoneInput(forms.TextInput):
    """A text with a list of places to choose from; the browser searches it."""

    suggestions = tuple(sorted(map(place_in, OFFERED)))


class ZoneField(forms.CharField):
    """A zone by its place, by its name where the place would mean another zone, or by its offset."""

    def prepare_value(self, value: Any) -> Any:
        leads_back = value in zone_names() and zone_at(place_in(value), zone_names()) == value
        return place_in(value) if leads_back else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        zone = zone_at(text, zone_names()) or text
        if zone_named(zone) is None:
            raise forms.ValidationError(NO_PLACE)
        return zone


class YouForm(Group):
    """Pain and looks. Nobody is asked about pain before they choose a place."""

    pain_sites = SitesField(
        choices=Site.choices,
        label=_("Where you are sore"),
        help_text=_("We ask about these places. Choose none and we will not ask. We keep your old answers."),
        required=False,
        error_messages={"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
        widget=forms.CheckboxSelectMultiple,
    )
    pain_weekly = choice_field(
        [(False, pgettext_lazy("pain question", "Each evening")), (True, _("Once a week"))],
        pgettext_lazy("pain question", "How often we ask"),
        _("You never have to answer."),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    theme = choice_field(Preferences.Theme.choices, _("Light or dark"), widget=forms.RadioSelect)
    skin = choice_field(Preferences.Skin.choices, _("Skin tone of the drawings"), coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = Preferences
        fields = ["pain_sites", "pain_weekly", "theme", "skin"]


class CoachForm(Group):
    """Choices of the coach for all phones. Sound and screen are chosen in the session, for each phone."""

    move_waits = choice_field(
        [(False, _("Carry on by itself")), (True, _("Wait for my tap"))],
        _("When you change position"),
        _("If the coach waits for your tap, keep the screen on. The sound stops until you tap."),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    move_seconds = choice_field(
        [(seconds, seconds) for seconds in (5, 10, 15, 20, 30, 45, 60)], _("Seconds to change position"), coerce=int
    )

    class Meta:
        model = Preferences
        fields = ["move_waits", "move_seconds"]


class DaysForm(Group):
    """The goal, the sessions of a day, the week, and where a day begins: its hour and its zone."""

    goal_days = choice_field(
        [(days, days) for days in range(1, 8)],
        _("Your goal: days a week"),
        _("A day counts when you do most of its sets (8 of 10 or more)."),
        coerce=int,
        widget=forms.RadioSelect,
    )
    week_starts_on = choice_field([*WEEKDAYS.items()], _("Your week starts on"), coerce=int)
    day_starts_at = choice_field(
        [(hour, f"{hour:02d}:00") for hour in range(7)],
        _("Your day starts at"),
        _("Up late? Choose 03:00. Sets after midnight then count for the day before."),
        coerce=int,
    )
    follows_browser = choice_field(
        [(True, _("My phone’s time zone")), (False, pgettext_lazy("time zone", "Always the one below"))],
        _("Time zone to use"),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    time_zone = ZoneField(
        label=pgettext_lazy("label", "Time zone"),
        help_text=_("Type the name of a large city in your time zone."),
        max_length=64,
        error_messages={"required": NO_PLACE, "max_length": NO_PLACE},
        widget=ZoneInput,
    )

    class Meta:
        model = Preferences
        fields = ["goal_days", *SESSIONS, "week_starts_on", "day_starts_at", "follows_browser", "time_zone"]
        labels = {
            "morning_at": pgettext_lazy("label", "Morning from"),
            "midday_at": pgettext_lazy("label", "Midday from"),
            "evening_at": pgettext_lazy("label", "Evening from"),
        }
        widgets = {name: forms.TimeInput({"type": "time"}, "%H:%M") for name in SESSIONS}
        error_messages = {name: {"required": NO_TIME, "invalid": NO_TIME} for name in SESSIONS}

    def clean(self) -> dict[str, Any]:
        """Each session must start later than the one before it, counted from the start of the user's day."""
        values = super().clean() or {}
        if not self.errors and self.fields.keys() & set(ORDERED):
            self._check_order({name: values.get(name, getattr(self.instance, name)) for name in ORDERED})
        return values

    def _check_order(self, at: dict[str, Any]) -> None:
        begin = {name: into_the_day(at[name], at["day_starts_at"]) for name in SESSIONS}
        for earlier, later in pairwise(SESSIONS):
            words = {later: TOO_EARLY, earlier: TOO_LATE, "day_starts_at": OUT_OF_ORDER}
            place = next((name for name in words if name in self.fields), "")
            if place and place not in self.errors and begin[later] <= begin[earlier]:
                self.add_error(place, words[place])


class BeginningForm(Group):
    """The first day of the plan, the earliest day to which sets can be added."""

    first_day = forms.DateField(
        label=pgettext_lazy("label", "First day"),
        help_text=_(
            "You can choose an earlier day, up to a year at a time, but no later day again. "
            "Days from then on count as planned."
        ),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    class Meta:
        model = Preferences
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan, field = self.instance.user.plan, self.fields["first_day"]
        field.initial = plan.first_day
        field.widget.attrs |= {"min": plan.earliest_beginning, "max": plan.first_day}

    def clean_first_day(self) -> date:
        day = self.cleaned_data["first_day"]
        self.instance.user.plan.refuse_beginning(day)
        return day

    def save(self, commit: bool = True) -> Preferences:
        begin_earlier(self.instance.user, self.cleaned_data["first_day"])
        return self.instance


GROUPS: dict[str, type[Group]] = {"you": YouForm, "coach": CoachForm, "days": DaysForm, "beginning": BeginningForm}
