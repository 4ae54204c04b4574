"""Finds the user of a log-in session."""

from allauth.account.auth_backends import AuthenticationBackend

from exercises.models import User
from exercises.models.range_queries import user_of
from exercises.models.user import password_spellings
from footcare.logs import user_known


class Backend(AuthenticationBackend):
    """Loads the preferences with the user, because every page needs both: one query."""

    def get_user(self, user_id: int) -> User | None:
        user = user_of(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user_known(user.pk)
        return user

    def _mitigate_timing_attack(self, password: str) -> None:
        """An unknown address takes as long as a wrong password for a known one."""
        for each in password_spellings(password):
            super()._mitigate_timing_attack(each)
