"""Counts guesses of codes under the limits of a log-in, together with wrong passwords."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.core import context
from django.http import HttpRequest
from django.utils import timezone

from exercises.accounts.log_in_limits import limits_of
from exercises.models import User
from exercises.web import rate_limits

if TYPE_CHECKING:
    from django.forms import Form as Base
else:
    Base = object


@contextmanager
def counted(request: HttpRequest, limits: Sequence[rate_limits.Limit]) -> Iterator[None]:
    """Acquires a place before a code is compared, and releases it if the code was right: if nothing was raised.

    A full limit ends the request with 429.
    """
    acquired = rate_limits.acquire_or_429(request, limits)
    yield
    rate_limits.release(limits, acquired, timezone.now())


class CountedCode(Base):
    """A form that counts each `code` before its next class compares it.

    `class ConfirmLoginCodeForm(CountedCode, forms.ConfirmLoginCodeForm)`. Whose code it is stands in `user` or, where
    nobody may learn whether there is a user, in `email`.
    """

    user: User | None = None
    email: str | None = None

    def limits(self) -> list[rate_limits.Limit]:
        return limits_of(context.request, self.email or "", self.user)

    def clean_code(self) -> Any:
        with counted(context.request, self.limits()):
            return super().clean_code()  # type: ignore[misc]
