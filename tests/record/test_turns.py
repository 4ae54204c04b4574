"""One user's changes wait for each other: an import and an erasure, at the same moment as others."""

import pytest

from exercises.models import CompletedSet, User
from exercises.record import demo
from exercises.record.archive import export, merge, reader
from exercises.record.erasure import erase
from tests.conftest import logged_in
from tests.support.phone import FRIDAY, Phone
from tests.support.threads import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("friday_morning")]


def test_a_file_imported_four_times_at_once_is_added_once(alice, bob):
    demo.write(alice, FRIDAY.date(), 60)
    file = "".join(export.document(alice)).encode()

    def bring():
        return merge.apply(User.objects.get(pk=bob.pk), reader.entries([file]), FRIDAY).added.total()

    added = sorted(all_at_once([bring] * 4))

    assert added[:3] == [0, 0, 0]
    assert CompletedSet.objects.of(bob).count() == CompletedSet.objects.of(alice).count() > 0


def test_an_account_erased_under_ticks_is_gone_and_nothing_breaks(alice, bob):
    clients = [logged_in(alice) for _ in range(15)]
    acts = [lambda client=client: Phone(client).tap(slot=None).status_code for client in clients]
    acts.insert(7, lambda: erase(User.objects.get(pk=alice.pk)))
    answers = all_at_once(acts)

    assert set(answers) <= {None, 200, 204, 401}  # 204: an extra set
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not CompletedSet.objects.of(alice).exists()
