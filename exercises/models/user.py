"""The user: an email address and, unless they log in another way, a password."""

from datetime import date
from encodings.idna import nameprep
from functools import cached_property
from typing import Any, ClassVar
from unicodedata import normalize

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.models.plan import Plan
from exercises.models.preferences import Preferences
from exercises.models.prescription import Prescription, usual_plan
from exercises.models.range_queries import TURN, plan_of


def normal_email(address: str) -> str:
    """The one spelling of an address: lower case, composed (NFC), and the domain in its ASCII form (A-labels).

    Mail servers need the ASCII form, so mail goes to exactly what is stored. Punycode encodes each label, and not
    Python's `idna` codec: that is IDNA 2003, which turns "faß.de" into "fass.de", a domain of somebody else.
    """
    local, at, domain = address.lower().rpartition("@")
    domain = normalize("NFKC", domain).lower().replace("\u3002", ".")  # an ideographic full stop is a dot too
    return normalize("NFC", local) + at + ".".join(map(_ascii_label, domain.split(".")))


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def validate_domain(address: str) -> None:
    """Raises ValidationError if the domain holds letters that no name of a host may have, like a line separator."""
    for label in normal_email(address).rpartition("@")[2].split("."):
        try:
            nameprep(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except UnicodeError as error:
            raise ValidationError(_("Enter a valid email address.")) from error


def normal_password(password: str) -> str:
    """The one spelling of a password: composed (NFC). Phones and computers compose "ü" differently."""
    return normalize("NFC", password)


def password_spellings(password: str) -> list[str]:
    """The one spelling, then those in which it may have been hashed before there was one; most passwords have none."""
    return list(dict.fromkeys([normal_password(password), password, normalize("NFD", password)]))


def new_stamp() -> str:
    """A random text that ties log-in sessions to one password."""
    return get_random_string(32)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with default preferences and the default plan from today (UTC) on."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            user.begin(timezone.now().date())
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def is_erased(self, pk: int | str) -> bool:
        """Whether the account is gone, although a request or a log-in session still names it."""
        return not self.filter(pk=pk).exists()

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=normal_email(email or ""))


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(pgettext_lazy("admin", "email address"), validators=[validate_domain])
    session_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)  # a new one ends all log-ins
    # The phone makes this id, so the sets of one trial come into one account only.
    trial_id = models.UUIDField(pgettext_lazy("admin", "trial"), null=True, unique=True, editable=False)

    is_demo = models.BooleanField(default=False, editable=False)  # every page says that its history is made up

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = pgettext_lazy("admin", "user")
        verbose_name_plural = pgettext_lazy("admin", "users")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="user_email_once",
                violation_error_message=_("There is already an account with this email address."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **fields: Any) -> None:
        """Store the address in its normal form, whoever wrote it and however.

        Never insert a row that is gone, as Django would: an account that was erased meanwhile would come back.
        """
        self.email = normal_email(self.email)
        super().save(*args, **{"force_update": not self._state.adding, **fields})

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """`clean` asks this of the USERNAME_FIELD, before forms look for another account with the same address."""
        return normal_email(username)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and normal_password(raw_password))
        self.session_stamp = new_stamp()

    def set_unusable_password(self) -> None:
        super().set_unusable_password()
        self.session_stamp = new_stamp()

    def new_session_stamp(self) -> None:
        """End all log-in sessions; that of this request needs update_session_auth_hash()."""
        self.session_stamp = new_stamp()
        self.save(update_fields=["session_stamp"])

    def check_password(self, raw_password: str | None) -> bool:
        """Whether the password is right, however its letters are composed.

        It may be rehashed, with more rounds or in its one spelling; this keeps the session stamp.
        """
        normal, *former = password_spellings(raw_password or "")
        if check_password(normal, self.password, self._rehash):
            return True
        right = any(check_password(each, self.password) for each in former)
        if right:
            self._rehash(normal)
        return right

    def _rehash(self, raw_password: str) -> None:
        self.password = make_password(raw_password)
        self.save(update_fields=["password"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What log-in sessions are tied to. Django ties them to the password hash, so a rehash would end them."""
        return salted_hmac("footcare.log-in", self.session_stamp, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def plan(self) -> Plan:
        """All prescriptions of this user: one query in the life of this object."""
        return plan_of(self)

    def forget_plan(self) -> None:
        """Read the plan again when it is next asked for. Call it after a change of the rows."""
        self.__dict__.pop("plan", None)

    def begin(self, day: date, first_slot: str = "", **chosen: Any) -> None:
        """Create the preferences, with what is `chosen` of them, and the usual plan from a slot of `day` on."""
        Preferences.objects.create(user=self, **chosen)
        Prescription.objects.bulk_create(usual_plan(self, day, first_slot))

    def take_turn(self) -> None:
        """Wait until no other request changes data of this user; hold that place until the transaction ends.

        PostgreSQL locks the user's row of Preferences. SQLite needs no lock: its transactions begin with IMMEDIATE, so
        only one writes at a time. Raises TransactionManagementError outside of a transaction.
        """
        if not connection.in_atomic_block:
            raise TransactionManagementError("take_turn needs a transaction")
        if connection.features.has_select_for_update:
            TURN.rows(user=self.pk)
