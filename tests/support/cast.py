"""The visitors of an address: Alice with a week of sets, Bob, and a stranger with a link to reset Alice's password."""

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.urls import reverse

from exercises.models import CompletedSet, Undo, User
from tests.support.addresses import VISITORS, Rule
from tests.support.wire import Browser


@dataclass
class Cast:
    """Alice with a week of sets, Bob with none, and a stranger with a reset link, before the address `name`."""

    name: str
    rule: Rule
    alice: User
    bob: User
    address: EmailAddress

    @cached_property
    def own_set(self):
        return CompletedSet.objects.of(self.alice).latest("completed_at")

    @cached_property
    def undone_set(self):
        undone = CompletedSet.objects.of(self.alice).earliest("completed_at")
        Undo.objects.create(user=self.alice, uuid=uuid4(), target=undone.uuid)
        return undone

    @cached_property
    def alices(self):
        return Browser(self.alice)

    @cached_property
    def bobs(self):
        return Browser(self.bob)

    @cached_property
    def strangers(self):
        return Browser(reset_of=self.alice)

    @property
    def guests(self):
        """The browser of those for whom the address is."""
        return self.strangers if self.rule.users == VISITORS else self.alices

    @cached_property
    def path(self):
        return self.path_with()

    def path_with(self, **arguments):
        return reverse(self.name, kwargs={**self.rule.arguments(self), **arguments})

    def examples(self):
        """What may be sent there: the options of `Browser.send`."""
        forms = [{"fields": fields} for fields in self.rule.forms(self)]
        return forms + [{"document": document} for document in self.rule.documents(self)]
