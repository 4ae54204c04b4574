"""Who uses it: an email address and a password, nothing more."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.compiled_query import Given, Prepared, fields_of, read
from exercises.models.plan import Plan, Prescription, plan_of, usual_plan
from exercises.models.preferences import Preferences
from exercises.models.training import CompletedSet


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with the default plan, begun today (UTC), and the default preferences."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            user.begin(timezone.now().date())
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(pgettext_lazy("admin", "email address"))
    # New with each new password: log-ins are tied to it. The empty one, of before there were some, is as good.
    stamp = models.CharField(max_length=32, default="", db_default="", editable=False)
    # Made on the phone: the sets of one try-out come into one account.
    tried_out = models.UUIDField(pgettext_lazy("admin", "try-out"), null=True, unique=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = pgettext_lazy("admin", "user")
        verbose_name_plural = pgettext_lazy("admin", "users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this email address."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **fields: Any) -> None:
        """An address has one spelling: allauth asks for the small one at log-in."""
        self.email = self.email.lower()
        super().save(*args, **fields)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.stamp = get_random_string(32)

    def set_unusable_password(self) -> None:
        super().set_unusable_password()
        self.stamp = get_random_string(32)

    def check_password(self, raw_password: str | None) -> bool:
        """A right one may be hashed anew, with more rounds: that makes no new stamp."""
        return check_password(raw_password, self.password, self._hash_anew)

    def _hash_anew(self, raw_password: str) -> None:
        self.password = make_password(raw_password)
        self.save(update_fields=["password"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django ties log-ins to the hash of the password. When that was hashed anew, they ended on every other device,
        and on this one too if two of its requests crossed.
        """
        return salted_hmac("footcare.log-in", self.stamp, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def plan(self) -> Plan:
        """All prescriptions of this user: one query for as long as this object lives."""
        return plan_of(self)

    def forget_plan(self) -> None:
        """It is read again when it is asked for: what it was read from may have changed."""
        self.__dict__.pop("plan", None)

    def begin(self, day: date, time_zone: str = "UTC") -> None:
        """The default preferences, and the default plan from `day` on."""
        Preferences.objects.create(user=self, time_zone=time_zone)
        Prescription.objects.bulk_create(usual_plan(self, day))

    def begin_by(self, today: date) -> None:
        """A plan begun today has begun today wherever its user is: west of there that is a day earlier.

        Only until the first set is done: from then on there is a past, and that stays.
        """
        first = self.plan.first_day
        if first and first - today == timedelta(days=1) and not CompletedSet.objects.of(self).exists():
            Prescription.objects.filter(user=self, since=first).update(since=today)
            self.forget_plan()

    def take_turn(self) -> None:
        """One change of a user's at a time, so that what is looked up after this still holds when it is written.

        To be called in a transaction. SQLite's queue from their start (IMMEDIATE); on PostgreSQL the row is the queue.
        """
        if connection.features.has_select_for_update:
            User.objects.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk").first()

    def change_plan(self, wanted: Iterable[Prescription], since: date, today: date) -> bool:
        """From `since` on the plan asks for `wanted`, one for each exercise that changes; whether that is anything new.

        A second change on a day takes the place of the first; the days before keep what they had. Raises
        ValidationError with one sentence for a day that is over, for a dose that cannot be and for one too long.
        """
        if since < today:
            raise ValidationError(_("That day is in the past. Please choose today or a later day."))
        with transaction.atomic():
            plan = self._plan_in_turn()
            since = max(since, plan.first_day or since)
            return self._write(plan, plan.replaced(wanted, since), since)

    def drop_change(self, day: date, today: date) -> None:
        """Takes back what was planned to change on a day to come. Raises ValidationError with one sentence."""
        with transaction.atomic():
            plan = self._plan_in_turn()
            if day not in plan.planned(today):
                raise ValidationError(_("No change is planned for that day."))
            self._write(plan, plan.without(day), day)

    def begin_earlier(self, day: date) -> None:
        """The plan began on `day` already: what it first asked for holds from then on. It never begins later by it.

        Raises ValidationError with one sentence, as `Plan.refuse_beginning` says.
        """
        with transaction.atomic():
            plan = self._plan_in_turn()
            plan.refuse_beginning(day)
            Prescription.objects.filter(pk__in=[each.pk for each in plan.beginning]).update(since=day)
        self.forget_plan()

    def _plan_in_turn(self) -> Plan:
        self.take_turn()
        return Plan(tuple(Prescription.objects.of(self)))

    def _write(self, before: Plan, after: Plan, since: date) -> bool:
        """Puts the rows of one day in place of those that were there."""
        old, new = ([each for each in plan.prescriptions if each.since == since] for plan in (before, after))
        if [(each.exercise_id, each.amount) for each in old] == [(each.exercise_id, each.amount) for each in new]:
            return False
        for each in new:
            each.clean_fields(exclude=["user", "exercise"])
        after.refuse_too_long(since)
        Prescription.objects.filter(user=self, since=since).delete()
        Prescription.objects.bulk_create([each.changed() for each in new])
        self.forget_plan()
        return True


OF_ID = Prepared(
    lambda: User.objects.filter(pk=Given("id", models.BigIntegerField())).values_list(
        *fields_of(User), *fields_of(Preferences, "preferences__")
    )
)


def user_of(pk: int) -> User | None:
    """A user with the preferences: one query."""
    own = len(fields_of(User))
    for row in OF_ID.rows(id=pk):
        user = read(User, row[:own])
        if row[own] is not None:
            user.preferences = read(Preferences, row[own:])
        return user
    return None
