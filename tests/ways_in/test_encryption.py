"""The secrets of codes at rest: no row has them in clear, a new key locks nobody out, a lost key is told."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings

from exercises.accounts import codes, encryption
from tests.support.log_ins import log_in
from tests.support.ways_in.codes import SECRET, after_password, code_now, enter, held, recovery_codes_of, turn_on

OLD, NEW, OTHER = "an old key of the tests", "a new key of the tests", "quite another key of the tests"


def keys(new, *old):
    return override_settings(SECRET_KEY=new, SECRET_KEY_FALLBACKS=list(old))


@pytest.fixture
def alice(alice):
    with keys(OLD):
        return turn_on(alice)


def test_the_same_text_is_encrypted_differently_each_time():
    assert encryption.encrypt("a") != encryption.encrypt("a")
    assert encryption.decrypt(encryption.encrypt("a")) == "a"


@pytest.mark.parametrize("junk", ["", "no token", "é", "gAAAAA" + "A" * 114])
def test_what_was_not_encrypted_here_is_unreadable(junk):
    with pytest.raises(encryption.Unreadable):
        encryption.decrypt(junk)


def test_what_was_changed_by_one_letter_is_unreadable():
    sealed = encryption.encrypt("a")
    middle = len(sealed) // 2
    with pytest.raises(encryption.Unreadable):
        encryption.decrypt(sealed[:middle] + ("B" if sealed[middle] == "A" else "A") + sealed[middle + 1 :])


def test_what_was_sealed_for_one_purpose_is_unreadable_for_another():
    with pytest.raises(encryption.Unreadable):
        encryption.decrypt(encryption.encrypt("a"), "another purpose")


@pytest.mark.django_db
def test_no_row_has_a_secret_in_clear(alice):
    with keys(OLD):
        seed = encryption.decrypt(held(alice, codes.Type.RECOVERY_CODES).data["seed"])
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert seed not in stored


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_with_the_old_key_as_fallback_nobody_is_locked_out(alice, kind):
    with keys(NEW, OTHER, OLD):
        here = after_password()
        assert enter(here, code_now() if kind == "app" else recovery_codes_of(alice)[0]).status_code == 302


@pytest.mark.django_db
def test_who_used_a_code_since_needs_the_old_key_no_more(alice):
    with keys(NEW, OLD):
        enter(after_password(), code_now())
    with keys(NEW):
        assert enter(after_password(), code_now(half_minutes=1)).status_code == 302
        assert len(recovery_codes_of(alice)) == 10


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_lost_key_is_told_at_the_second_step(alice, kind):
    with keys(OLD):
        code = code_now() if kind == "app" else recovery_codes_of(alice)[0]
    with keys(OTHER):
        answer = enter(after_password(), code)

    assert answer.status_code == 422
    assert "Your codes no longer work on this site" in answer.content.decode()


@pytest.mark.django_db
def test_a_lost_key_is_told_on_the_page_that_turns_codes_off(alice, stranger):
    with keys(OTHER):
        codes.turn_off(alice)
        here = log_in(stranger)
        codes.turn_on(alice, SECRET, 0)
    with keys(NEW, OTHER):
        assert "no longer work since" not in here.get("/settings/security/").content.decode()
    Authenticator.objects.filter(type=codes.Type.TOTP).update(data={"secret": "made with a key that is lost"})
    Authenticator.objects.filter(type=codes.Type.RECOVERY_CODES).update(data={"seed": "so is this", "used_mask": 0})
    with keys(NEW, OTHER):
        pages = [here.get(path) for path in ("/settings/security/", "/accounts/recovery-codes/")]
        assert "These codes no longer work on this site" in pages[0].content.decode()
        assert [page.status_code for page in pages] == [200, 200]
        assert here.get("/accounts/recovery-codes/file/").status_code == 200
        assert here.post("/accounts/codes/off/").status_code == 303
    assert not codes.are_on(alice)
