"""Guesses of codes, whoever asks for one: exact, with the limits of a log-in, before anything is compared."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import connection
from django.test import RequestFactory

from exercises.accounts.counted_codes import CountedCode
from tests.support.log_ins import try_to_log_in

pytestmark = pytest.mark.django_db


class Form(CountedCode, ConfirmLoginCodeForm):
    """A form with a mailed code, like that of a log-in."""

    def __init__(self, typed, user=None, email=None):
        super().__init__({"code": typed}, code="234567")
        self.user, self.email = user, email


def answer_to(typed, user=None, email=None):
    """200 for the right code, 422 for a wrong one, else the status that ends the request."""
    with context.request_context(RequestFactory().post("/")):
        try:
            return 200 if Form(typed, user, email).is_valid() else 422
        except ImmediateHttpResponse as ended:
            return ended.response.status_code


def test_the_sixth_guess_is_refused_even_if_it_is_right(alice):
    assert [answer_to("000000", alice) for _ in range(5)] == [422] * 5
    assert answer_to("234567", alice) == 429


def test_a_right_code_is_no_guess(alice):
    answers = [answer_to(typed, alice) for typed in ["0", "0", "0", "0", "234567", "0", "0"]]

    assert answers == [422] * 4 + [200, 422, 429]


def test_wrong_codes_and_wrong_passwords_have_one_count(alice, stranger):
    for _ in range(3):
        answer_to("000000", alice)

    assert [try_to_log_in(stranger).status_code for _ in range(3)] == [422, 422, 429]


def test_an_unknown_address_is_counted_like_a_known_one():
    answers = [answer_to("000000", email="nobody@example.org") for _ in range(6)]

    assert answers == [422] * 5 + [429]


@pytest.mark.django_db(transaction=True)
def test_32_guesses_at_once_get_no_further_than_one_after_the_other(alice):
    together = Barrier(32)

    def guess(_):
        try:
            together.wait()
            return answer_to("000000", alice)
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as pool:
        assert sorted(pool.map(guess, range(32))) == [422] * 5 + [429] * 27
