"""What a test with real transactions leaves behind is gone before the next one: see tests/support/tables.py."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import TransactionTestCase

from exercises.models import CompletedSet, Exercise, User
from tests.support.tables import rows_of

pytestmark = pytest.mark.django_db(transaction=True)


def end_of_a_test():
    TransactionTestCase()._fixture_teardown()


def test_what_a_test_wrote_is_gone(phone):
    phone.tap()
    end_of_a_test()

    assert not User.objects.exists()
    assert not CompletedSet.objects.exists()


def spoil(model):
    if model is Exercise:
        model.objects.update(name="Stair walking")
    else:
        model.objects.all().delete()


@pytest.mark.parametrize("model", [ContentType, Permission, Exercise])
@pytest.mark.usefixtures("phone")  # whose rows point to an exercise
def test_what_was_there_before_is_there_again(model):
    before = rows_of(model)
    spoil(model)
    end_of_a_test()

    assert before
    assert rows_of(model) == before
