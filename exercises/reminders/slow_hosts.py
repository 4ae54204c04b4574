"""Push services that do not answer: after a few time-outs nobody waits for them, so that the others get their turn."""

from collections import defaultdict
from datetime import datetime, timedelta
from threading import Lock

MOST_TIMEOUTS = 3
PAUSE = timedelta(minutes=1)


class SlowHosts:
    """For all threads of a sender. After MOST_TIMEOUTS in a row a host is left alone for PAUSE."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._timeouts: dict[str, int] = defaultdict(int)
        self._until: dict[str, datetime] = {}

    def closed_until(self, host: str, now: datetime) -> datetime | None:
        """Until when the host is left alone; None if it may be asked."""
        with self._lock:
            until = self._until.get(host)
            return until if until and now < until else None

    def timed_out(self, host: str, now: datetime) -> None:
        """After the pause one more time-out closes it again."""
        with self._lock:
            self._timeouts[host] += 1
            if self._timeouts[host] >= MOST_TIMEOUTS:
                self._until[host] = now + PAUSE

    def answered(self, host: str) -> None:
        with self._lock:
            self._timeouts.pop(host, None)
            self._until.pop(host, None)
