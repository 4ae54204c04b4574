"""Sends what waits in one channel, several at once. A slow message keeps its own place and no other.

The database is used by the thread that calls `work` alone, and never while it waits for a message.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from importlib import import_module
from typing import Protocol, cast

from exercises.models import Channel, Delivery, State
from exercises.reminders import claims
from exercises.reminders.job import Job, Outcome
from exercises.reminders.preparing import prepare

logger = logging.getLogger(__name__)
TOGETHER = 0.05  # seconds
FRESH = timedelta(minutes=1)  # a claim that was held longer is left to expire: another sender may take it over


class Module(Protocol):
    """What exercises/reminders/job.py says of the module of a channel."""

    THREADS: int
    REPEATS: bool

    def ready(self) -> None: ...
    def send(self, job: Job, now: datetime) -> Outcome: ...


class Courier:
    def __init__(self, channel: Channel) -> None:
        # Imported late: only a sender needs the packages.
        self.module = cast(Module, import_module(f"exercises.reminders.{channel.value}"))
        self.channel, self.counts = channel, Counter[str]()
        self._pool = ThreadPoolExecutor(self.module.THREADS, thread_name_prefix=channel.value)
        self._held: list[Delivery] = []  # claimed, and not looked at yet
        self._sending: dict[Future[Outcome], Job] = {}
        self._sent: list[tuple[Job, Outcome]] = []  # and not settled yet

    def work(self, now: datetime) -> bool:
        """Settle what was sent, and send more. Returns whether something is under way.

        An error of the database leaves everything where it was, for the next call.
        """
        self.settle()
        self._send(now)
        return self.is_busy

    def settle(self) -> None:
        for future in [each for each in self._sending if each.done()]:
            self._sent.append((self._sending.pop(future), _outcome(future)))
        if self._sent:
            self._store([(job.delivery, outcome) for job, outcome in self._sent])
            claims.remove_gone(self._sent)
            self._sent = []

    def _send(self, now: datetime) -> None:
        # Half of them wait for a thread: the threads go on while the next ones are claimed.
        most = 2 * self.module.THREADS
        if not self._held and len(self._sending) <= most // 2:
            self._held = claims.claim(self.channel, most - len(self._sending), now)
        self._held = [each for each in self._held if each.claimed_at and abs(now - each.claimed_at) < FRESH]
        if not self._held:
            return
        self.module.ready()
        jobs, dropped = prepare(self._held, now)
        self._store(dropped)
        self._held = []
        for job in jobs:
            self._sending[self._pool.submit(self.module.send, job, now)] = job

    def _store(self, outcomes: Sequence[tuple[Delivery, Outcome]]) -> None:
        if outcomes:
            claims.settle(outcomes)
            self.counts.update("waiting" if outcome.retry_at else outcome.state for _delivery, outcome in outcomes)

    def wait(self, seconds: float | None = None) -> None:
        """Until a message is sent, or for so long. Those that follow at once are settled together with it."""
        wait(self._sending, timeout=seconds, return_when=FIRST_COMPLETED)
        wait(self._sending, timeout=TOGETHER)

    def finish(self, seconds: float) -> None:
        """Settle what is under way, waiting so long at most."""
        wait(self._sending, timeout=seconds)
        self.settle()

    @property
    def is_busy(self) -> bool:
        """Whether some message is under way."""
        return bool(self._sending)

    def close(self) -> None:
        self._pool.shutdown(wait=not self.is_busy)


def _outcome(future: Future[Outcome]) -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    logger.error("a reminder was not sent", exc_info=error)
    return Outcome(State.FAILED, "error")
