"""The settings of a user: time zone, day and week, session times, goal, looks, coach, pain question, reminders."""

from datetime import UTC, date, datetime, time, tzinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.choices import SESSION_SLOTS, Site
from exercises.models.reminder_choices import ReminderChoices, chosen_slots
from exercises.rules.days import current_slot, local_day, week_of, zone_named
from exercises.rules.timeline import MOVE_SECONDS


class Preferences(ReminderChoices):
    class Theme(models.TextChoices):
        AUTO = "auto", pgettext_lazy("theme", "Auto")
        LIGHT = "light", pgettext_lazy("theme", "Light")
        DARK = "dark", pgettext_lazy("theme", "Dark")

    class Skin(models.IntegerChoices):
        ONE = 1, pgettext_lazy("skin tone", "Tone 1")
        TWO = 2, pgettext_lazy("skin tone", "Tone 2")
        THREE = 3, pgettext_lazy("skin tone", "Tone 3")
        FOUR = 4, pgettext_lazy("skin tone", "Tone 4")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preferences")
    time_zone = models.CharField(pgettext_lazy("admin", "time zone"), max_length=64, default="UTC")
    follows_browser = models.BooleanField(_("time zone follows the phone"), default=True)
    day_starts_at = models.PositiveSmallIntegerField(_("day starts at"), default=0, validators=[MaxValueValidator(6)])
    week_starts_on = models.PositiveSmallIntegerField(
        _("week starts on"), default=0, validators=[MaxValueValidator(6)], help_text=_("0 is Monday.")
    )
    morning_at = models.TimeField(pgettext_lazy("admin", "morning from"), default=time(6))
    midday_at = models.TimeField(pgettext_lazy("admin", "midday from"), default=time(11))
    evening_at = models.TimeField(pgettext_lazy("admin", "evening from"), default=time(17))
    goal_days = models.PositiveSmallIntegerField(
        _("days a week"), default=5, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    theme = models.CharField(pgettext_lazy("admin", "theme"), max_length=5, choices=Theme.choices, default="auto")
    skin = models.PositiveSmallIntegerField(_("skin tone of the drawings"), choices=Skin.choices, default=1)
    move_seconds = models.PositiveSmallIntegerField(
        _("seconds to change position"),
        default=MOVE_SECONDS,
        validators=[MinValueValidator(5), MaxValueValidator(60)],
    )
    move_waits = models.BooleanField(_("wait for a tap when the position changes"), default=False)
    pain_sites = models.CharField(
        _("places to ask about pain"), max_length=100, blank=True, default="", help_text=_("Choose none to never ask.")
    )
    pain_weekly = models.BooleanField(_("ask about pain once a week"), default=False)
    # Only a sign-up asks them: accounts that the server makes have the usual plan.
    first_questions_done = models.BooleanField(_("first questions answered or skipped"), default=True)
    step_put_off_until = models.DateField(_("no step of the plan is offered before"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("admin", "preferences")
        verbose_name_plural = pgettext_lazy("admin", "preferences")
        # The sender of reminders asks zone by zone.
        indexes = [models.Index(fields=["time_zone"], name="reminded_in_zone", condition=chosen_slots())]
        constraints = [
            models.CheckConstraint(condition=models.Q(day_starts_at__lte=6), name="preferences_day_start"),
            models.CheckConstraint(condition=models.Q(week_starts_on__lte=6), name="preferences_week_start"),
            models.CheckConstraint(condition=models.Q(goal_days__gte=1, goal_days__lte=7), name="preferences_goal"),
            models.CheckConstraint(condition=models.Q(theme__in=["auto", "light", "dark"]), name="preferences_theme"),
            models.CheckConstraint(condition=models.Q(skin__gte=1, skin__lte=4), name="preferences_skin"),
            models.CheckConstraint(
                condition=models.Q(move_seconds__gte=5, move_seconds__lte=60), name="preferences_move_seconds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.time_zone}, day from {self.day_starts_at}:00"

    def clean(self) -> None:
        """An imported file sets them too, not only a form."""
        if self.pain_sites is None or not set(self.pain_sites.split()) <= set(Site.values):
            raise ValidationError(_("We do not know this place of pain."))
        self.clean_reminders()

    @property
    def zone(self) -> tzinfo:
        """UTC where this machine does not know the name, as after a restore on an older system."""
        return zone_named(self.time_zone) or UTC

    def zone_of(self, named: tzinfo | None, offset: tzinfo | None) -> tzinfo:
        """The zone of what a phone sent: as it named it, or the fixed one, or its offset, or the last one known."""
        return named or (offset if self.follows_browser else None) or self.zone

    @property
    def fixed_zone(self) -> str:
        """The zone of every tick, wherever the phone is. Empty if ticks follow the phone."""
        return "" if self.follows_browser else self.time_zone

    def puts_off(self, day: date) -> bool:
        """Whether no step of the plan is offered on that day."""
        return self.step_put_off_until is not None and day < self.step_put_off_until

    @property
    def sites(self) -> list[Site]:
        """The sites to ask about, in the order of the body. None are chosen at first."""
        chosen = self.pain_sites.split()
        return [site for site in Site if site in chosen]

    def day(self, instant: datetime, zone: tzinfo | None = None) -> date:
        return local_day(instant, zone or self.zone, self.day_starts_at)

    def week(self, day: date) -> tuple[date, ...]:
        return week_of(day, self.week_starts_on)

    @property
    def starts(self) -> dict[str, time]:
        """The wall-clock time from which each session is due."""
        return dict(zip(SESSION_SLOTS, (self.morning_at, self.midday_at, self.evening_at), strict=True))

    def slot(self, instant: datetime) -> str:
        """The session that is due at this instant."""
        return current_slot(instant.astimezone(self.zone).time(), self.starts, self.day_starts_at)
