"""Values that fit no field, in every field that any address knows, sent to every address."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from exercises.models import RestDay, Undo
from exercises.record import demo
from tests.support.addresses import nothing
from tests.support.cast import Cast
from tests.support.phone import FRIDAY, a_set
from tests.support.rules import RULES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

SPANS = {"span", "from", "until", "reason", "on", "text", "time", "slot", "sites", "events", "plan", "only", "weeks"}
ODD = {
    "empty": "",
    "blank": " ",
    "blank in another script": "\u3000\u200b",
    "a line break": "\n",
    "repeated": ["x"] * 90,
    "empty and repeated": ["", "", " "],
    "huge": "9" * 20_000,
    "NUL": "\0",
    "half an emoji": "\ud83e",
    "a slash": "/",
    "a day and nothing": "2026-11-20/",
    "a bracket": "[",
}
ALONE = ("blank", "empty and repeated", "huge", "NUL", "half an emoji", "a day and nothing")
WRONG = {"nothing": None, "a list": [], "lists": [[[]]], "an object": {}, "a number": 1.5, "no": False, **ODD}
ACTS = [name for name, rule in RULES.items() if "POST" in rule.methods]


@pytest.fixture
def cast(name, alice, bob):
    demo.write(alice, FRIDAY.date(), 7)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    address = EmailAddress.objects.create(user=alice, email="alice-too@example.org")
    return Cast(name, RULES[name], alice, bob, address)


def known_fields(cast):
    """Those of every address together: a view may read a field that its own page does not show."""
    names = {name for rule in RULES.values() for example in rule.forms(cast) for name in example}
    return names | {name for rule in RULES.values() for name in (*rule.hidden, *rule.ids, *rule.query)} | SPANS


@pytest.mark.parametrize("name", ["record_set"])
def test_a_change_of_the_facts_is_seen(cast):
    """Otherwise no refusal would mean that nothing changed."""
    assert {cast.alices.send("POST", cast.path, **example).changed for example in cast.examples()} == {True}


@pytest.mark.parametrize("name", ACTS)
def test_odd_values_in_all_fields_at_once_do_no_harm(cast):
    names = known_fields(cast) - {"csrfmiddlewaretoken"}
    sent = [
        (kind, cast.guests.send("POST", cast.path, fields))
        for kind, odd in ODD.items()
        for fields in (dict.fromkeys(names, odd), *(example | dict.fromkeys(SPANS, odd) for example in forms(cast)))
    ]

    assert [f"{kind}: {fault}" for kind, answer in sent for fault in answer.faults()] == []


def forms(cast):
    return [example for example in cast.rule.forms(cast) if not any(isinstance(v, bytes) for v in example.values())]


@pytest.mark.parametrize("name", [name for name in ACTS if "rest" in name])
def test_an_odd_value_in_any_field_does_no_harm(cast):
    """Of the forms that read days; test_every_url.py does so for the fields of each form."""
    sent = [
        (f"{field}, {kind}", cast.guests.send("POST", cast.path, example | {field: odd}))
        for example in forms(cast)[:1] or [{}]
        for field in sorted({*example, *cast.rule.hidden, *SPANS})
        for kind in ALONE
        for odd in [ODD[kind]]
    ]

    assert [f"{where}: {fault}" for where, answer in sent for fault in answer.faults()] == []


@pytest.mark.parametrize("name", [name for name in ACTS if RULES[name].documents is not nothing])
def test_json_of_the_wrong_type_does_no_harm(cast):
    """Of the addresses that read JSON; test_every_url.py sends it to those that do not."""
    fields = ("events", "sent_at", "kind", "id", "exercise", "slot", "completed_at", "day", "csp-report")
    documents = [
        *WRONG.values(),
        *(dict.fromkeys(fields, wrong) for wrong in WRONG.values()),
        *(
            {"events": [{**a_set(), field: wrong}]}
            for field in fields
            for wrong in WRONG.values()
            if cast.name == "sync"
        ),
    ]
    sent = [cast.guests.send("POST", cast.path, document=document) for document in documents if document is not None]

    assert [fault for answer in sent for fault in answer.faults()] == []


def test_one_target_sent_many_times_is_undone_once(alice, alice_client, phone):
    phone.tap(id=(event := str(uuid4())))
    answer = alice_client.post("/undo/", {"target": [event] * 990})

    assert answer.status_code == 303
    assert Undo.objects.of(alice).count() == 1


def test_one_day_named_many_times_is_one_rest_day(alice, alice_client):
    answer = alice_client.post("/rest/", {"span": " ".join(["2026-11-20/2026-11-20"] * 31)})

    assert answer.status_code == 303
    assert RestDay.objects.of(alice).count() == 1
