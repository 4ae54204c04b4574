"""The sender of reminders: one thread chooses who is due, one for each channel sends. Any number of senders may run.

Source: docs/architecture.md, Reminders. A round that fails is tried again, so the sender never ends by itself.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.db import Error, connection
from django.utils import timezone

from exercises.models import Channel, Heartbeat
from exercises.reminders import claims
from exercises.reminders.choosing import Chooser
from exercises.reminders.clearing import Clearer
from exercises.reminders.courier import Courier

logger = logging.getLogger(__name__)
ROUND, LOOK = 20.0, 2.0  # seconds: between two choices; between two looks at what waits
GRACE = 10.0  # seconds for the messages that are under way when the sender ends


class Sender:
    def __init__(self) -> None:
        self.couriers = [Courier(channel) for channel in Channel]
        self._chooser, self._clearer = Chooser(), Clearer()
        self._choose_at = 0.0  # by the clock of monotonic()

    def once(self) -> Counter[str]:
        """One round: choose, then send until nothing waits. Returns how many were sent, failed or missed."""
        now = timezone.now()
        self._clearer.clear(now)
        self.choose(now)
        for courier in self.couriers:
            while courier.work(timezone.now()):
                courier.wait()
            courier.close()
        return sum((courier.counts for courier in self.couriers), Counter())

    def choose(self, now: datetime) -> None:
        for courier in self.couriers:
            claims.sweep(courier.channel, courier.module.REPEATS, now)
        self._chooser.choose(now)
        claims.delete_old(now)
        Heartbeat.beat(now)

    def run(self, stopping: Event) -> bool:
        """Work until `stopping` is set. Returns whether all that was under way then is settled."""
        threads = [Thread(target=self._send, args=(each, stopping), daemon=True) for each in self.couriers]
        for thread in threads:
            thread.start()
        while not stopping.is_set():
            _try(self._look)
            stopping.wait(LOOK)
        until = monotonic() + GRACE + 1  # a second to store what came of the last ones
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in threads) and not any(each.is_busy for each in self.couriers)

    def _look(self) -> None:
        now = timezone.now()
        self._clearer.clear(now)
        if monotonic() >= self._choose_at:
            self.choose(now)
            self._choose_at = monotonic() + ROUND

    def _send(self, courier: Courier, stopping: Event) -> None:
        while not stopping.is_set():
            if _try(courier.work, timezone.now()):
                courier.wait(LOOK)
            else:
                stopping.wait(LOOK)
        _try(courier.finish, GRACE)
        courier.close()
        connection.close()


def _try(act: Callable[..., Any], *arguments: Any) -> Any:
    """What the act returns. An error is one line of the log: the next round tries again, by a new connection."""
    try:
        return act(*arguments)
    except Error as error:
        logger.warning("a round of reminders failed", extra={"what": type(error).__name__})
    except Exception:  # a fault of ours must not end the reminders of all users
        logger.exception("a round of reminders failed")
    connection.close()
    return None
