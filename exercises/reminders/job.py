"""What a channel is given to send, and what came of it.

A channel is a module of this package, named like its Channel, with
    THREADS            how many messages it sends at once
    REPEATS            whether a message is sent again if the sender died on it: at least once, else at most once
    ready() -> None    called before the threads: whatever needs the database
    send(job, now) -> Outcome
`send` takes some seconds at most, reads no database and raises nothing that a server elsewhere can bring about.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from exercises.models import Delivery, PushSubscription, State, User
from exercises.reminders.message import Message

GONE = "gone"  # the answer by which the sender removes the device
RETRIES = (1, 2, 5, 10, 15)  # minutes after the first try, the second, ...; 15 after each later one


@dataclass(frozen=True)
class Job:
    delivery: Delivery
    user: User  # with its preferences
    message: Message
    subscription: PushSubscription | None = None  # of a delivery by push


class Outcome(NamedTuple):
    """`answer` is a code of at most 40 letters, which the page turns into words. With `retry_at` it is tried again."""

    state: State
    answer: str
    retry_at: datetime | None = None


def again(job: Job, now: datetime, answer: str, wait: timedelta = timedelta(0)) -> Outcome:
    """The outcome of a failure that may pass: sent again some minutes later, or failed if that is too late.

    `wait` is how long the other server asks us to wait.
    """
    tries = min(max(job.delivery.tries, 1), len(RETRIES))
    retry_at = now + max(timedelta(minutes=RETRIES[tries - 1]), wait)
    if retry_at >= job.delivery.until:
        return Outcome(State.FAILED, answer)
    return Outcome(State.WAITING, answer, retry_at)
