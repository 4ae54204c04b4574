"""Whatever goes wrong at the provider or on the way: a page with a sentence, in our words, and never a 500."""

import socket
import threading
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from exercises.accounts import provider as speaking
from exercises.accounts import single_sign_on as rules
from exercises.models import User
from tests.support.ways_in.provider import at_provider, through, to_provider
from tests.support.ways_in.stand_in import DISCOVERY, answer, stand_in

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/sso/login/"
RETURN = "/accounts/oidc/sso/login/callback/"
TOKENS = {"access_token": "abc", "id_token": "a.b.c"}


@pytest.fixture
def broken(settings, monkeypatch, stranger):
    """The answer to a log-in that ends at a provider whose `answers` are these."""

    def ask(**answers):
        stand_in(settings, monkeypatch, **answers)
        begun = stranger.get(START)
        if begun.status_code != 302:
            return begun
        state = parse_qs(urlsplit(begun["Location"]).query)["state"][0]
        return stranger.get(RETURN, {"state": state, "code": "123"})

    return ask


def sentence(answer):
    text = answer.content.decode()
    return " ".join(text[text.index('<p class="lead">') + 16 :].partition("</p>")[0].split())


def test_a_provider_that_is_killed_gives_a_503_and_comes_back(single_sign_on, provider_away, stranger):
    answer = stranger.get(START)
    assert answer.status_code == 503
    assert sentence(answer) == "Lakeside Clinic is not answering. Please try again in a minute."

    provider_away.start()
    assert through(stranger).status_code == 302
    assert User.objects.count() == 1


def test_a_provider_killed_after_its_page_gives_a_503_too(single_sign_on, provider, stranger):
    back = at_provider(to_provider(stranger))
    provider.stop()
    try:
        assert stranger.get(back).status_code == 503
    finally:
        provider.start()


@pytest.fixture
def silent(settings, monkeypatch):
    """A provider that takes a connection and says nothing. Nobody waits long for it here."""
    monkeypatch.setattr(speaking, "PATIENCE", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings.OIDC_URL, settings.OIDC_CLIENT_ID = f"http://127.0.0.1:{server.getsockname()[1]}", "footcare"
        settings.OIDC_NAME = "Lakeside Clinic"
        yield server


def test_a_provider_that_hangs_gives_a_503(silent, stranger):
    assert stranger.get(START).status_code == 503


def test_a_hanging_provider_holds_two_threads_of_a_worker_at_most(silent, monkeypatch):
    places = threading.BoundedSemaphore(speaking.MOST_WAITING)
    monkeypatch.setattr(speaking, "_places", places)
    places.acquire()
    places.acquire()

    with pytest.raises(requests.Timeout, match="others wait"):
        speaking.PatientSession().get("http://127.0.0.1:9/")
    places.release()
    with pytest.raises(requests.ConnectionError):
        speaking.PatientSession().get("http://127.0.0.1:9/")


def test_a_place_comes_back_after_each_request(monkeypatch):
    monkeypatch.setattr(speaking, "_places", threading.BoundedSemaphore(1))
    for _ in range(3):
        with pytest.raises(requests.ConnectionError):
            speaking.PatientSession().get("http://127.0.0.1:9/")


def test_certificates_are_checked():
    assert speaking.PatientSession().verify is True


AWAY, NONSENSE, RUN_OUT = 503, 502, 400


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"configuration": requests.ConnectionError()}, AWAY),
        ({"configuration": requests.exceptions.SSLError()}, AWAY),
        ({"configuration": answer({}, 500)}, AWAY),
        ({"configuration": answer({}, 404)}, NONSENSE),
        ({"configuration": answer(b"<html>")}, NONSENSE),
        ({"configuration": []}, NONSENSE),
        ({"configuration": DISCOVERY | {"token_endpoint": None}}, NONSENSE),
        ({"token": requests.Timeout()}, AWAY),
        ({"token": answer({"error": "invalid_grant"}, 400)}, RUN_OUT),
        ({"token": answer({"error": "invalid_client"}, 401)}, NONSENSE),
        ({"token": answer(b"{")}, NONSENSE),
        ({"token": {"access_token": 7}}, NONSENSE),
        ({"token": TOKENS | {"expires_in": "soon"}}, NONSENSE),
        ({"token": {"access_token": "abc"}, "userinfo": {"sub": "maria"}}, NONSENSE),
        ({"token": TOKENS, "userinfo": {"sub": "maria"}}, NONSENSE),
        ({"token": TOKENS, "userinfo": answer({}, 401)}, NONSENSE),
        ({"token": TOKENS, "userinfo": answer(b"no JSON")}, NONSENSE),
    ],
)
def test_each_answer_that_makes_no_sense_is_told_in_a_sentence(broken, answers, status):
    told = broken(**answers)

    assert told.status_code == status
    assert sentence(told)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ({"sub": "maria"}, {"sub": "eve"}),
        ({"sub": ""}, {"sub": ""}),
        ({"sub": 7}, {"sub": 7}),
        ({"sub": "m" * 192}, {"sub": "m" * 192}),
        ({"sub": "m\0"}, {"sub": "m\0"}),
        ({}, {}),
        ([], {"sub": "maria"}),
    ],
    ids=str,
)
def test_a_subject_that_two_answers_do_not_agree_on_is_refused(broken, monkeypatch, signed, told):
    say(monkeypatch, signed)

    assert broken(token=TOKENS, userinfo=told).status_code == NONSENSE
    assert not User.objects.exists()


def test_a_subject_that_both_agree_on_logs_in(broken, monkeypatch):
    say(monkeypatch, {"sub": "maria"})

    assert broken(token=TOKENS, userinfo={"sub": "maria", "email": "maria@example.org"}).status_code == 302
    assert User.objects.get().email == "maria@example.org"


def say(monkeypatch, signed):
    """The ID token holds this and the nonce of the log-in."""
    monkeypatch.setattr("exercises.views.accounts.single_sign_on.get_random_string", lambda _: "nonce")
    whole = signed | {"nonce": "nonce"} if isinstance(signed, dict) else signed
    monkeypatch.setattr(speaking.SingleSignOnAdapter, "_decode_id_token", lambda *_: whole)


def test_an_id_token_of_another_log_in_is_refused(single_sign_on, stranger, monkeypatch):
    made = speaking.SingleSignOn.sociallogin_from_response

    def of_another(self, request, response):
        response["id_token"]["nonce"] = "another"
        return made(self, request, response)

    monkeypatch.setattr(speaking.SingleSignOn, "sociallogin_from_response", of_another)

    assert through(stranger).status_code == NONSENSE
    assert not User.objects.exists()


def test_a_public_client_sends_its_challenge_and_no_secret(settings, monkeypatch, stranger):
    asked = stand_in(settings, monkeypatch, token=answer({"error": "invalid_grant"}, 400))
    settings.OIDC_CLIENT_SECRET = ""
    state = parse_qs(urlsplit(stranger.get(START)["Location"]).query)["state"][0]
    stranger.get(RETURN, {"state": state, "code": "123"})
    [options] = [options for method, _url, options in asked if method == "POST"]

    assert set(options["data"]) == {"client_id", "code", "code_verifier", "grant_type", "redirect_uri"}
    assert options["auth"] is None


def test_cancelling_leads_back_to_where_it_began(single_sign_on, stranger):
    address = to_provider(stranger, f"{START}?next=/progress/")
    state = parse_qs(urlsplit(address).query)["state"][0]
    refused = parse_qs(urlsplit(at_provider(address, action="deny")).query)
    back = stranger.get(RETURN, {"error": refused["error"], "state": state})  # the mock forgets the state

    assert back["Location"] == "/accounts/login/?next=%2Fprogress%2F&said=log-in-stopped"
    assert "You stopped the log-in. Nothing has changed." in stranger.get(back["Location"]).content.decode()


def test_an_error_of_the_provider_is_told_and_its_text_is_not_shown(single_sign_on, stranger):
    state = parse_qs(urlsplit(to_provider(stranger)).query)["state"][0]
    query = {"state": state, "error": "server_error", "error_description": "<script>junk()</script>Call 0800"}
    told = stranger.get(RETURN, query)

    assert told.status_code == 502
    assert "0800" not in told.content.decode()


@pytest.mark.parametrize("query", [{"code": "123"}, {"code": "123", "state": "madeup"}, {"error": "access_denied"}])
def test_a_state_that_is_not_this_browsers_is_refused(single_sign_on, stranger, query):
    assert stranger.get(RETURN, query).status_code == 400
    assert not User.objects.exists()


def test_the_callback_of_another_browser_logs_nobody_in(single_sign_on, stranger, client):
    back = at_provider(to_provider(client))

    assert stranger.get(back).status_code == 400
    assert not User.objects.exists()


def test_a_replayed_callback_is_refused_or_leads_on(single_sign_on, stranger):
    back = at_provider(to_provider(stranger))
    stranger.get(back)
    assert stranger.get(back)["Location"] == "/"  # Back: logged in already

    stranger.post("/accounts/logout/")
    assert stranger.get(back).status_code == 400


def test_a_code_that_was_used_or_has_run_out_is_told(single_sign_on, stranger):
    used = parse_qs(urlsplit(at_provider(to_provider(stranger))).query)
    through(stranger)
    stranger.post("/accounts/logout/")
    state = parse_qs(urlsplit(to_provider(stranger)).query)["state"][0]
    stranger.get(RETURN, {"state": state, "code": used["code"][0] + "x"})
    told = stranger.get(RETURN, {"state": state, "code": used["code"][0] + "x"})

    assert told.status_code == 400
    assert "run out" in sentence(told)


def test_two_tabs_both_arrive(single_sign_on, stranger):
    first, second = to_provider(stranger), to_provider(stranger, f"{START}?next=/progress/")
    stranger.get(at_provider(first))

    assert stranger.get(at_provider(second))["Location"] == "/progress/"
    assert User.objects.count() == 1


def test_who_is_logged_in_is_not_swapped_for_another(single_sign_on, stranger, bob):
    address = to_provider(stranger)
    stranger.force_login(bob)
    told = stranger.get(at_provider(address))

    assert told.status_code == 409
    assert stranger.session["_auth_user_id"] == str(bob.pk)
    assert User.objects.get() == bob


def test_the_way_there_is_limited_for_each_network(settings, monkeypatch, stranger):
    stand_in(settings, monkeypatch)
    answers = [stranger.get(START).status_code for _ in range(31)]

    assert answers == [302] * 30 + [429]


def test_without_a_provider_there_is_no_such_log_in(stranger, alice_client):
    assert "/accounts/oidc/" not in stranger.get("/accounts/login/").content.decode()
    assert [stranger.get(each).status_code for each in (START, RETURN, "/accounts/oidc/sso/address/")] == [404] * 3
    assert alice_client.get("/accounts/oidc/sso/prove/").status_code == 404


def test_two_callbacks_at_once_for_one_new_person_make_one_account(single_sign_on, stranger, client, monkeypatch):
    """The second finds nobody, and then somebody: a conflict, not a fault."""
    mine, begin = at_provider(to_provider(stranger)), rules.begin_account

    def be_late(*args):
        monkeypatch.setattr(rules, "begin_account", begin)
        through(client)
        begin(*args)

    monkeypatch.setattr(rules, "begin_account", be_late)
    stranger.raise_request_exception = False

    assert stranger.get(mine).status_code == 409
    assert User.objects.count() == 1
