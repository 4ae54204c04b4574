"""Every address there is, found by walking the resolver, keeps the rules that hold for all.

Whoever adds an address adds its rule in tests/support/rules.py: until then a test fails here with its name.
"""

import json
import re
from itertools import cycle
from urllib.parse import quote
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from exercises.models import CompletedSet
from exercises.record import demo
from exercises.web.refusals import LOG_INS
from tests.support.addresses import addresses, nothing, nowhere
from tests.support.cast import Cast
from tests.support.junk import BODIES, LINES, SHORTER, TOO_MUCH, harm, in_fields, in_turn, spoiled, spoiled_envelopes
from tests.support.pages import Form, forms_of
from tests.support.phone import FRIDAY
from tests.support.rules import RULES, USERS, WITH_MAIL
from tests.support.ways_in.stand_in import stand_in
from tests.support.wire import TOKEN, encoded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

FRAGMENT = {"HTTP_HX_REQUEST": "true"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
EVERY_KIND = ("today", "record_set", "sync", "account_login")
PLACES = {name: place for place, name in enumerate(RULES)}
FORGED = (
    {"token": ""},
    {"token": TOKEN[::-1] + "x"},
    {"headers": {"HTTP_ORIGIN": "https://evil.example"}},
    {"headers": {"HTTP_ORIGIN": "null"}},
)


def with_rule(*wanted):
    """The addresses whose rule is so, as parameters of a test; those that do more with mail once more."""
    chosen = [each for each in [*RULES.items(), *WITH_MAIL.items()] if all(is_so(each[1]) for is_so in wanted)]
    ids = [f"{name} with mail" if rule.mail else name for name, rule in chosen]
    return pytest.mark.parametrize(("name", "rule"), chosen, ids=ids)


def reads(rule):
    return "GET" in rule.methods


def acts(rule):
    return "POST" in rule.methods


@pytest.fixture
def cast(name, rule, alice, bob, settings, request, monkeypatch):
    demo.write(alice, FRIDAY.date(), 7)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    address = EmailAddress.objects.create(user=alice, email="alice-too@example.org")
    if rule.mail:
        request.getfixturevalue("with_mail")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if rule.provider:
        stand_in(settings, monkeypatch)
    return Cast(name, rule, alice, bob, address)


def test_every_address_has_its_rule():
    assert sorted(name for name, _ in addresses()) == sorted(RULES)


@with_rule()
def test_what_a_rule_gives_as_an_example_is_accepted(cast):
    """Otherwise the refusals below could have another reason."""
    seen = [cast.guests.ask("GET", cast.path)] if reads(cast.rule) else []
    sent = [cast.guests.send("POST", cast.path, **example) for example in cast.examples()]

    assert [answer.status for answer in seen + sent if answer.refused] == []
    assert [fault for answer in seen + sent for fault in answer.faults()] == []


@pytest.mark.one_database
@with_rule()
def test_a_stranger_is_led_to_the_log_in_and_a_fragment_or_json_told(cast):
    ways = [(method, headers) for method in cast.rule.methods for headers in ({}, FRAGMENT)]
    answers = [(*way, cast.strangers.ask(way[0], cast.path, headers=way[1])) for way in ways]
    for_users = cast.rule.users == USERS

    assert [fault for _, _, answer in answers for fault in answer.faults()] == []
    assert [
        (method, headers, answer.status)
        for method, headers, answer in answers
        if turned_away(answer) != (for_users or (cast.name == "sync" and method == "POST"))
        or (answer.status == 302 and headers and for_users)
    ] == []


def turned_away(answer):
    return answer.status == 401 or answer.headers.get("Location", "").startswith("/accounts/login/?next=")


@with_rule(lambda rule: rule.ids)
def test_an_id_of_another_user_is_answered_as_a_random_one(cast):
    alices, random = str(cast.own_set.uuid), str(uuid4())
    answers = [[without_ids(each) for each in ask_about(cast, uuid)] for uuid in (alices, random)]

    assert answers[0] == answers[1]


def ask_about(cast, uuid):
    """Bob's answers, with that id in each place where one may stand."""
    for place in cast.rule.ids:
        path = cast.path_with(uuid=uuid) if place == "uuid" else cast.path
        for example in cast.examples():
            about = json.loads(re.sub(rf'("{place}": )"[^"]*"', rf'\1"{uuid}"', json.dumps(example)))
            for headers in ({}, FRAGMENT):
                yield cast.bobs.send("POST", path, **about, headers=headers)


def without_ids(answer):
    """Ids of ours, tokens and the time are new each time."""
    return answer.status, re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Za-z]{64}|served="\d+"', "id", answer.text)


@with_rule(reads, lambda rule: not rule.says_whose)
def test_bobs_pages_say_nothing_of_alice(cast):
    answer = cast.bobs.ask("GET", cast.path)
    hers = [cast.alice.email, *map(str, CompletedSet.objects.of(cast.alice).values_list("uuid", flat=True))]

    assert [word for word in hers if word in answer.text] == []


@pytest.mark.one_database
@with_rule()
def test_a_wrong_method_is_405_with_what_is_allowed_and_a_sentence(cast):
    wrong = [method for method in METHODS if method not in cast.rule.methods]
    answers = {method: cast.guests.ask(method, cast.path) for method in wrong}
    allowed = ", ".join(cast.rule.methods)

    assert {
        method: (answer.status, answer.headers.get("Allow"), *answer.faults())
        for method, answer in answers.items()
        if (answer.status, answer.headers.get("Allow")) != (405, allowed)
        or "does not accept that kind of request" not in answer.text
        or any(answer.faults())
    } == {}


@pytest.mark.one_database
@with_rule(acts, lambda rule: rule.token)
def test_what_another_site_makes_a_browser_send_is_refused(cast):
    answers = [
        browser.send("POST", cast.path, **example, **forged)
        for forged in FORGED
        for browser in (cast.alices, cast.strangers)
        for example in cast.examples() or [{}]
    ]

    led_on = {303} if cast.name in LOG_INS else set()  # who is logged in already
    assert {answer.status for answer in answers} <= {401, 403} | led_on
    assert not any(answer.changed for answer in answers)
    assert [fault for answer in answers for fault in answer.faults()] == []


@with_rule(lambda rule: rule.mail and rule not in WITH_MAIL.values())
def test_a_page_about_mail_is_none_without_mail(cast, settings):
    settings.MAIL_ENABLED = False

    assert {cast.alices.ask(method, cast.path).status for method in cast.rule.methods} == {404}


@with_rule(lambda rule: rule.arguments is not nowhere)
def test_junk_in_the_path_is_not_found(cast):
    findings = [
        f"{name}, {kind}: {fault}"
        for name, argument in cast.rule.arguments(cast).items()
        for kind, junk in SHORTER.items()
        if isinstance(junk, str)
        for fault in harm_of_path(
            cast, cast.path.replace(str(argument), quote(junk, safe="", errors="surrogatepass")), name in cast.rule.free
        )
    ]

    assert findings == []


def harm_of_path(cast, path, free):
    for method in cast.rule.methods:
        answer = cast.guests.ask(method, path)
        yield from harm(answer)
        if not free and answer.status not in (400, 404):
            yield f"{method} is answered by {answer.status}"


@with_rule(reads)
def test_junk_behind_the_question_mark_does_no_harm(cast):
    findings = []
    kinds = SHORTER if cast.rule.query else in_turn(PLACES[cast.name])
    for kind, junk in kinds.items():
        asked = dict.fromkeys([*cast.rule.query, "unknown"], junk)
        asked |= {str(junk)[:200]: "junk"}
        answer = cast.guests.ask("GET", cast.path, encoded(asked))
        findings += [f"{kind}: {fault}" for fault in harm(answer)]

    assert findings == []


@with_rule(reads)
def test_junk_in_a_form_of_the_page_is_refused(cast):
    findings = []
    for browser in (cast.alices, cast.strangers):
        page = browser.ask("GET", cast.path)
        for form in forms_of(page.text, cast.path) if page.is_page else []:
            fill_in(form, cast)
            findings += junk_in_form(browser, form)

    assert findings == []


def fill_in(form, cast):
    """As the rule's examples do, so that only the junk can be what is wrong."""
    for example in RULES[form.address].forms(cast):
        form.fields |= {name: value for name, value in example.items() if name in form.names}


@with_rule(lambda rule: rule.hidden)
def test_junk_in_a_field_that_no_page_shows_is_refused(cast):
    *_, example = cast.rule.forms(cast)

    assert junk_in_form(cast.guests, Form(cast.path, example, set(cast.rule.hidden), by_htmx=True)) == []


def junk_in_form(browser, form):
    """What came of each kind of junk in each field, and in one that the form does not have."""
    free = RULES[form.address].free
    ways = cycle([{}, FRAGMENT] if form.by_htmx else [{}])
    return [
        f"{form.address}, {name}, {kind}: {fault}"
        for name, kind, junk in in_fields(form.names, every_kind=form.address in EVERY_KIND)
        for answer in [send_field(browser, form, {name: junk}, next(ways))]
        for fault in harm_of_field(answer, name in free or (name == "unknown" and kind != TOO_MUCH))
    ]


def send_field(browser, form, junk, headers):
    fields = form.fields | junk
    token = "" if "csrfmiddlewaretoken" in fields else TOKEN
    return browser.send("POST", form.path, fields, token=token, headers=headers)


def harm_of_field(answer, free):
    yield from harm(answer)
    if not free and not answer.refused:
        yield f"{answer.status}, as if it were none"


@with_rule(lambda rule: rule.documents is not nothing)
def test_junk_in_json_is_refused(cast):
    findings = []
    for document in cast.rule.documents(cast):
        for name, kind, junk in spoiled(document):
            answer = cast.guests.send("POST", cast.path, document=junk)
            findings += [f"{name}, {kind}: {fault}" for fault in harm_of_field(answer, name in cast.rule.free)]

    assert findings == []


@pytest.mark.one_database
@with_rule(acts)
def test_a_body_that_is_no_form_and_no_json_does_no_harm(cast):
    """One code reads them for all: every body for a few addresses, a third of them in turn for each."""
    bodies = BODIES if cast.name in EVERY_KIND else BODIES[PLACES[cast.name] % 3 :: 3]
    sent = [(kind, cast.guests.ask("POST", cast.path, body=body, kind=kind)) for kind, body in bodies]

    assert [f"{kind}: {fault}" for kind, answer in sent for fault in harm(answer)] == []


@with_rule()
def test_junk_in_headers_and_cookies_does_no_harm(cast):
    """One code reads them for all: every kind of junk for a few addresses, the worst for each."""
    findings = []
    for kind, junk in LINES.items():
        if cast.name not in EVERY_KIND and kind not in ("code", "NUL"):
            continue
        line = junk.encode("utf-8", "surrogatepass").decode("latin-1")
        octal = '"' + line.replace('"', "").replace("\0", "\\000") + '"'
        for where, options in spoiled_envelopes(line, octal).items():
            for method in cast.rule.methods[-1:]:
                answer = cast.guests.ask(method, cast.path, **options)
                findings += [f"{where}, {kind}: {fault}" for fault in harm(answer)]

    assert findings == []
