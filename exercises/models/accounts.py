"""Who uses it: an email address and a password, nothing more."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.models.plan import Plan, Prescription, usual_plan
from exercises.models.practice import CompletedSet
from exercises.models.preferences import Preferences


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with the default plan, begun today (UTC), and the default preferences."""
        user = self.model(email=self.normalize_email(email), **fields)
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
    email = models.EmailField(_("email address"))

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is an account with this email address already."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @cached_property
    def plan(self) -> Plan:
        """All prescriptions of this user: one query for as long as this object lives."""
        return Plan(tuple(Prescription.objects.of(self)))

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
            del self.plan
