"""The forms of reminders, one for each group: when, by what, and what else."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.forms.settings import NO_TIME, Group
from exercises.models import SESSION_SLOTS, Preferences, Slot
from exercises.models.reminder_choices import MOST_WORDS, REMIND_TIMES, REMIND_WORDS, refuse_invisible
from exercises.pages.reminders import proposed_time, slot_hint

AT = pgettext_lazy("reminder", "At")
SWITCHES = {slot: f"{slot}_reminded" for slot in SESSION_SLOTS}
USUAL_QUIET = {"quiet_from": time(21), "quiet_until": time(7)}
OTHER = {"quiet_from": "quiet_until", "quiet_until": "quiet_from"}


class HabitInput(forms.TextInput):
    """A text with some habits to choose from."""

    suggestions: ClassVar = (
        pgettext_lazy("after", "breakfast"),
        pgettext_lazy("after", "I brush my teeth"),
        pgettext_lazy("after", "the news"),
    )


def switch(label: Any, hint: Any = "") -> forms.BooleanField:
    look = forms.CheckboxInput({"role": "switch", "class": "switch"})
    return forms.BooleanField(label=label, help_text=hint, required=False, widget=look)


def clock_field(label: Any, full_name: Any = "", required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput({"type": "time"} | ({"aria-label": full_name} if full_name else {}), "%H:%M"),
        error_messages={"required": NO_TIME, "invalid": NO_TIME},
    )


def habit_field(full_name: Any) -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("reminder", "After"),
        required=False,
        max_length=MOST_WORDS,
        widget=HabitInput({"aria-label": full_name}),
        validators=[refuse_invisible],
        error_messages={"max_length": _("Please use at most %(limit_value)d letters.")},
    )


class WhenForm(Group):
    """A switch, a time and a habit for each session. The switches are stored as one text."""

    morning_reminded = switch(Slot.MORNING.label)
    midday_reminded = switch(Slot.MIDDAY.label)
    evening_reminded = switch(Slot.EVENING.label)
    morning_remind_at = clock_field(AT, pgettext_lazy("reminder", "Morning: at"))
    midday_remind_at = clock_field(AT, pgettext_lazy("reminder", "Midday: at"))
    evening_remind_at = clock_field(AT, pgettext_lazy("reminder", "Evening: at"))
    morning_after = habit_field(pgettext_lazy("reminder", "Morning: after"))
    midday_after = habit_field(pgettext_lazy("reminder", "Midday: after"))
    evening_after = habit_field(pgettext_lazy("reminder", "Evening: after"))

    class Meta:
        model = Preferences
        fields: ClassVar[list[str]] = [*REMIND_TIMES, *REMIND_WORDS]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for slot, name in SWITCHES.items():
            self.initial[name] = slot in self.instance.reminded_slots
            self.initial[f"{slot}_remind_at"] = proposed_time(self.instance, slot)
            if name in self.fields:
                self.fields[name].help_text = slot_hint(self.instance, slot)

    @property
    def sessions(self) -> list[list[forms.BoundField]]:
        """The fields of each session."""
        return [[self[SWITCHES[slot]], self[f"{slot}_remind_at"], self[f"{slot}_after"]] for slot in SESSION_SLOTS]

    def save(self, commit: bool = True) -> Preferences:
        """A switch changes its own session only. It also stores the time that the page shows below it."""
        stored = [name for name in self.fields if name not in SWITCHES.values()]
        for slot in (slot for slot, name in SWITCHES.items() if name in self.fields):
            setattr(self.instance, f"{slot}_remind_at", proposed_time(self.instance, slot))
            self.instance.remind_slots = self._with(slot, self.cleaned_data[SWITCHES[slot]])
            stored += ["remind_slots", f"{slot}_remind_at"]
        self.instance.save(update_fields=stored)
        return self.instance

    def _with(self, slot: Slot, on: bool) -> str:
        others = [each for each in self.instance.reminded_slots if each != slot]
        return " ".join(each for each in SESSION_SLOTS if each in others or (on and each == slot))


class WaysForm(Group):
    """The ways that need no device."""

    remind_by_mail = switch(pgettext_lazy("reminder", "Email"))
    remind_by_webhook = switch(
        pgettext_lazy("reminder", "This server’s own service"), _("The person who runs this server has set it up.")
    )

    class Meta:
        model = Preferences
        fields: ClassVar[list[str]] = ["remind_by_mail", "remind_by_webhook"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if mail := self.fields.get("remind_by_mail"):
            mail.help_text = _("To %(address)s") % {"address": self.instance.user.email}

    @classmethod
    def offered(cls) -> list[str]:
        there = {"remind_by_mail": settings.MAIL_ENABLED, "remind_by_webhook": settings.REMINDER_URL}
        return [name for name in super().offered() if there[name]]


class MoreForm(Group):
    """The second reminder, the words, and quiet hours: two times behind one switch."""

    remind_again = switch(_("Remind me once more"), _("30 minutes later, if the session is still open."))
    remind_with_names = switch(_("Name the exercises"), _("Otherwise a reminder says only how many there are."))
    quiet_hours = switch(pgettext_lazy("reminder", "Quiet hours"), _("No reminder comes in the hours that you choose."))
    quiet_from = clock_field(pgettext_lazy("reminder", "Quiet from"), required=False)
    quiet_until = clock_field(pgettext_lazy("reminder", "Quiet until"), required=False)

    class Meta:
        model = Preferences
        fields: ClassVar[list[str]] = ["remind_again", "remind_with_names", *USUAL_QUIET]

    @classmethod
    def offered(cls) -> list[str]:
        """The switch stands above its times."""
        return ["remind_again", "remind_with_names", "quiet_hours", *USUAL_QUIET]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["quiet_hours"] = self.instance.quiet is not None
        for name, usual in USUAL_QUIET.items():
            self.initial[name] = getattr(self.instance, name) or usual

    def clean(self) -> dict[str, Any]:
        """Without quiet hours no time is stored. A switch alone stores the times that the page shows below it."""
        values = super().clean() or {}
        if not values.get("quiet_hours", True):
            return values | dict.fromkeys(USUAL_QUIET)
        for name in [each for each in USUAL_QUIET if each in self.fields and each not in self.errors]:
            if values[name] is None:
                self.add_error(name, NO_TIME)
            elif values[name] == values.get(other := OTHER[name], getattr(self.instance, other)):
                self.add_error(name, _("Please choose two different times."))
        return values

    def save(self, commit: bool = True) -> Preferences:
        stored = [name for name in self.fields if name != "quiet_hours"]
        if "quiet_hours" in self.fields:
            for name in USUAL_QUIET:
                chosen = self.cleaned_data.get(name) or self.initial[name]
                setattr(self.instance, name, chosen if self.cleaned_data["quiet_hours"] else None)
            stored = list({*stored, *USUAL_QUIET})
        self.instance.save(update_fields=stored)
        return self.instance


GROUPS: dict[str, type[Group]] = {"when": WhenForm, "ways": WaysForm, "more": MoreForm}
