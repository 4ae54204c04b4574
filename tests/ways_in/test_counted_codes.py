"""Guesses of codes, whoever asks for one: exact, with the limits of a log-in, before anything is compared."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import connection
from django.test import RequestFactory

from exercises.accounts.code_forms import AuthenticateForm, ReauthenticateForm
from tests.support.log_ins import try_to_log_in
from tests.support.ways_in.codes import code_now, turn_on

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("form", [AuthenticateForm, ReauthenticateForm])]


@pytest.fixture
def alice(alice):
    return turn_on(alice)


def answer_to(form, typed, user):
    """200 for the right code, 422 for a wrong one, else the status that ends the request."""
    with context.request_context(RequestFactory().post("/")):
        try:
            return 200 if form(user=user, data={"code": typed}).is_valid() else 422
        except ImmediateHttpResponse as ended:
            return ended.response.status_code


def test_the_sixth_guess_is_refused_even_if_it_is_right(form, alice):
    assert [answer_to(form, "00", alice) for _ in range(5)] == [422] * 5
    assert answer_to(form, code_now(), alice) == 429


def test_a_right_code_is_no_guess(form, alice):
    answers = [answer_to(form, typed, alice) for typed in ["0", "0", "0", "0", code_now(), "0", "0"]]

    assert answers == [422] * 4 + [200, 422, 429]


def test_wrong_codes_and_wrong_passwords_have_one_count(form, alice, stranger):
    for _ in range(3):
        answer_to(form, "00", alice)

    assert [try_to_log_in(stranger).status_code for _ in range(3)] == [422, 422, 429]


@pytest.mark.django_db(transaction=True)
def test_32_guesses_at_once_get_no_further_than_one_after_the_other(form, alice):
    together = Barrier(32)

    def guess(_):
        try:
            together.wait()
            return answer_to(form, "00", alice)
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as pool:
        assert sorted(pool.map(guess, range(32))) == [422] * 5 + [429] * 27
