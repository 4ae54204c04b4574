"""How a user wants to be reminded: of which slots, when, by what, and never between which hours."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.choices import SESSION_SLOTS
from exercises.rules.reminders import Quiet

MOST_WORDS = 60


class ReminderChoices(models.Model):
    """A part of Preferences. Nobody is reminded who did not choose a slot and a way."""

    remind_slots = models.CharField(_("sessions to be reminded of"), max_length=40, blank=True, default="")
    # Without a time of its own, the reminder comes when the session begins.
    morning_remind_at = models.TimeField(_("morning reminder at"), null=True, blank=True)
    midday_remind_at = models.TimeField(_("midday reminder at"), null=True, blank=True)
    evening_remind_at = models.TimeField(_("evening reminder at"), null=True, blank=True)
    # "I brush my teeth": the words of the user after "After".
    morning_after = models.CharField(_("morning session after"), max_length=MOST_WORDS, blank=True, default="")
    midday_after = models.CharField(_("midday session after"), max_length=MOST_WORDS, blank=True, default="")
    evening_after = models.CharField(_("evening session after"), max_length=MOST_WORDS, blank=True, default="")
    remind_again = models.BooleanField(_("remind a second time"), default=False)
    quiet_from = models.TimeField(pgettext_lazy("admin", "quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(pgettext_lazy("admin", "quiet until"), null=True, blank=True)
    remind_by_mail = models.BooleanField(_("remind by mail"), default=False)
    remind_by_webhook = models.BooleanField(_("remind by the server’s own service"), default=False)
    remind_with_names = models.BooleanField(_("name the exercises in reminders"), default=False)
    reminders_offered = models.BooleanField(_("reminders were offered"), default=False)

    class Meta:
        abstract = True

    @property
    def reminded_slots(self) -> list[str]:
        """The slots to be reminded of, in the order of the day."""
        chosen = self.remind_slots.split()
        return [slot for slot in SESSION_SLOTS if slot in chosen]

    def remind_at(self, slot: str) -> time:
        """The wall-clock time of the reminder of a slot."""
        own: time | None = getattr(self, f"{slot}_remind_at")
        start: time = getattr(self, f"{slot}_at")
        return own or start

    def reminded_after(self, slot: str) -> str:
        """The user's own words: "I brush my teeth". Empty without."""
        words: str = getattr(self, f"{slot}_after")
        return words

    @property
    def quiet(self) -> Quiet | None:
        """The quiet hours. None without both times."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return Quiet(self.quiet_from, self.quiet_until)

    def clean_reminders(self) -> None:
        """Raises ValidationError for an unknown slot, half a span of quiet hours, or words that cannot be shown."""
        if self.remind_slots is None or not set(self.remind_slots.split()) <= set(SESSION_SLOTS):
            raise ValidationError(_("We do not know this session."))
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValidationError(_("Quiet hours need a beginning and an end."))
        for slot in SESSION_SLOTS:
            refuse_invisible(self.reminded_after(slot))


def refuse_invisible(text: str | None) -> None:
    """An imported copy may have no text at all."""
    if text is None or not text.isprintable():
        raise ValidationError(_("Please write this on one line, without invisible characters."))


def chosen_slots() -> models.Q:
    """Of the preferences of users who are reminded of some slot."""
    return ~models.Q(remind_slots="")


REMIND_TIMES = tuple(f"{slot}_remind_at" for slot in SESSION_SLOTS)
REMIND_WORDS = tuple(f"{slot}_after" for slot in SESSION_SLOTS)
