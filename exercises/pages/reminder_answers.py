"""What came back of a message that the user sent to try it, in words. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exercises.models import Channel, State
from exercises.models.reminder import DELIVERED, ON_ITS_WAY

ASKED = timedelta(minutes=1)  # so long the page asks what came back
PERHAPS = ("slow", "unknown")  # codes of what may have arrived
# A device that is gone, an address after mails were switched off, and the service, which is the same for all users.
NAMELESS = {
    Channel.PUSH: pgettext_lazy("reminder", "a device"),
    Channel.MAIL: pgettext_lazy("reminder", "your email address"),
    Channel.WEBHOOK: pgettext_lazy("reminder", "this server’s own service"),
}
REFUSED = {
    Channel.PUSH: gettext_lazy("The service that brings messages to %(where)s did not take it."),
    Channel.MAIL: gettext_lazy("The mail server did not take it."),
    Channel.WEBHOOK: gettext_lazy("This server’s own service did not take it."),
}


class Answer(NamedTuple):
    """One message: `where` is the name of its device or its address; `answer` is the code of its channel."""

    channel: str
    where: str
    state: str
    answer: str
    tries: int

    @property
    def is_good(self) -> bool:
        return self.state in DELIVERED

    def text(self, sender_works: bool) -> str:
        where = {"where": self.where or NAMELESS[Channel(self.channel)]}
        if self.is_good:
            return self._sent % where
        if self.state == State.MISSED:
            return _("It was not sent to %(where)s in time. Please try again.") % where
        if self.state in ON_ITS_WAY:
            return self._waiting(sender_works) % where
        return self._failed % where

    @property
    def _sent(self) -> str:
        if self.channel == Channel.MAIL:
            return _("Sent to %(where)s. Look for it under spam too.")
        return _("Sent to %(where)s.") if self.channel == Channel.PUSH else _("Sent by this server’s own service.")

    @property
    def _failed(self) -> str:
        if self.answer in PERHAPS:
            return _("It may have reached %(where)s. No answer came in time.")
        if self.answer == "gone" and not self.where:
            return _("A device no longer takes messages from here. Switch them on there again.")
        if self.answer == "gone":
            return _("%(where)s no longer takes messages from here. Switch them on there again.")
        if self.answer == "too long":
            return _("The message was too long for %(where)s.")
        return str(REFUSED[Channel(self.channel)])

    def _waiting(self, sender_works: bool) -> str:
        if not sender_works:
            return _("Nobody sent it, because this server sends no reminders. Please tell the person who runs it.")
        if self.tries and self.state == State.WAITING:
            return _("It did not reach %(where)s yet. We will try again.")
        return _("On its way to %(where)s.")


@dataclass(frozen=True)
class SentTest:
    """All that was sent at once, at `sent_at`."""

    answers: Sequence[Answer]
    sent_at: datetime
    now: datetime
    sender_works: bool

    @property
    def lines(self) -> list[tuple[Answer, str]]:
        """Each message with what came back, in words."""
        return [(each, each.text(self.sender_works)) for each in self.answers]

    @property
    def waits(self) -> bool:
        return any(each.state in ON_ITS_WAY for each in self.answers)

    @property
    def asks(self) -> bool:
        """Whether the page goes on asking by itself."""
        return self.waits and self.sender_works and self.now < self.sent_at + ASKED
