"""When a message that was not taken is sent again."""

from datetime import datetime, timedelta

from exercises.models import State
from exercises.reminders.job import Job, Outcome

MINUTES = (1, 2, 5, 10, 15)  # after the first try, the second, ...; 15 after each later one


def again(job: Job, now: datetime, answer: str) -> Outcome:
    """The outcome of a failure that may pass: tried again some minutes later, or failed if that is too late."""
    tries = min(max(job.delivery.tries, 1), len(MINUTES))
    retry_at = now + timedelta(minutes=MINUTES[tries - 1])
    if retry_at >= job.delivery.until:
        return Outcome(State.FAILED, answer)
    return Outcome(State.WAITING, answer, retry_at)
