"""Log-in sessions in the database. Every request loads one, so the query is compiled to SQL once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from exercises.models.range_queries import login_session_data


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        data = login_session_data(self.session_key, timezone.now())
        if data is not None:
            return self.decode(data)
        self._session_key = None
        return {}
