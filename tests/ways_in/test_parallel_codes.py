"""32 tries at the same moment: no more guesses than one after the other, and each code accepted once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection

from exercises.accounts import codes
from exercises.web import rate_limits
from tests.support.ways_in.codes import after_password, code_now, enter, held, recovery_codes_of, turn_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(alice):
    return turn_on(alice)


@pytest.fixture
def unlimited(monkeypatch):
    """So that only the use of a code decides who gets in."""
    monkeypatch.setattr(rate_limits, "_raise_if_full", lambda *_: None)


def all_together(tries):
    """The statuses of what all of them are answered, who begin at the same moment."""
    together = Barrier(len(tries))

    def run(each):
        try:
            together.wait()
            return each().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return sorted(pool.map(run, tries))


def entering(code, browsers):
    return [lambda here=here: enter(here, code) for here in browsers]


def test_guesses_at_the_second_step(alice):
    here = after_password()

    assert all_together(entering("000000", [here] * 32)) == [422] * 5 + [429] * 27


def test_guesses_in_many_browsers(alice):
    assert all_together(entering("000000", [after_password() for _ in range(32)])) == [422] * 5 + [429] * 27


@pytest.mark.parametrize("field", ["password", "code"])
def test_guesses_at_a_new_proof(alice, alice_client, field):
    tries = [lambda: alice_client.post("/accounts/reauthenticate/", {field: "000000"})] * 32

    assert all_together(tries) == [422] * 5 + [429] * 27


def test_a_code_of_the_app_is_accepted_once(alice, unlimited):
    browsers = [after_password() for _ in range(16)]

    assert all_together(entering(code_now(), browsers)) == [302] + [422] * 15


def test_a_code_is_accepted_once_even_if_the_cache_forgets(alice, unlimited, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_, **__: True)
    browsers = [after_password() for _ in range(8)]

    assert all_together(entering(code_now(), browsers)) == [302] + [422] * 7


def test_a_recovery_code_is_accepted_once(alice, unlimited):
    code = recovery_codes_of(alice)[0]

    assert all_together(entering(code, [after_password() for _ in range(16)])) == [302] + [422] * 15
    assert len(recovery_codes_of(alice)) == 9


def test_recovery_codes_used_together_are_all_used(alice, unlimited):
    five = recovery_codes_of(alice)[:5]
    tries = [try_ for code in five for try_ in entering(code, [after_password()])]

    assert all_together(tries) == [302] * 5
    assert len(recovery_codes_of(alice)) == 5


def test_codes_turned_on_twice_at_once_are_on_once(bob):
    both = all_at_once_on(bob)

    assert sorted(both) == [False, True]
    assert len(recovery_codes_of(bob)) == 10


def all_at_once_on(user):
    together = Barrier(2)

    def run(secret):
        try:
            together.wait()
            return codes.turn_on(user, secret, 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, ["A" * 32, "B" * 32]))


def test_codes_end_with_their_recovery_codes_while_new_ones_are_made(alice):
    together = Barrier(2)

    def run(act):
        try:
            together.wait()
            return act(alice)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [codes.turn_off, codes.make_recovery_codes]))

    assert held(alice, codes.Type.RECOVERY_CODES) is None
