"""The rule of every address, by the name of its URL: who may come, how, and examples of what may be sent."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from exercises.catalogue.care import CARE
from exercises.catalogue.exercises import CATALOGUE
from exercises.models import Packing, ShareLink, Upload
from exercises.models.share_link import digest_of
from exercises.record.archive.merge import preview
from exercises.record.archive.reader import entries
from exercises.record.plan_changes import change_plan
from tests.support.addresses import (
    ACT,
    ANYBODY,
    FILL,
    USERS,
    VISITORS,
    Rule,
    act,
    machine,
    public,
    users_page,
    visitors,
)
from tests.support.log_ins import ALICE
from tests.support.phone import FRIDAY, a_set, a_tick, a_trial, an_undo
from tests.support.reminders.rules import REMINDERS
from tests.support.settings import COACH
from tests.support.steps import a_step, a_taken_step
from tests.support.ways_in.rules import WAYS_IN

TICK = ("id", "exercise", "slot", "completed_at", "timezone", "session", "source", "reps", "sent_at")
DEAD_LINK = ("uidb36", "key", "next")  # the page says that the link is no good
# A button counts by its name; allauth passes over an address that is not the user's.
ADDRESSES = ("email", "action_add", "action_primary", "action_send", "action_remove")
SHARED = "s" * 43
MARK = f"morning/{CATALOGUE[1].slug}"
OLD_PASSWORD, NEW_PASSWORD = ALICE["password"], "ten sets a day"


def settings_forms(cast):
    return [COACH, {"field": "move_seconds", "move_seconds": "45"}]


def a_dose(entry):
    """All that may be chosen of one exercise."""
    chosen = {
        "slots": "evening",
        "reps": "8",
        "effort_seconds": "5",
        "pause_seconds": "3",
        "variant": "standard",
        "place": "2",
    }
    return {f"{entry.slug}-{name}": value for name, value in chosen.items()}


def a_plan(cast):
    """All that may be chosen, from today on."""
    return [{"when": "today"} | {name: value for entry in CATALOGUE for name, value in a_dose(entry).items()}]


def a_dropped_change(cast):
    """One that is planned."""
    today, tomorrow = FRIDAY.date(), FRIDAY.date() + timedelta(days=1)
    change_plan(cast.alice, [each.changed(reps=1) for each in cast.alice.plan.on(today)], tomorrow, today)
    return [{"day": tomorrow.isoformat()}]


def new_password(cast):
    return [{"oldpassword": OLD_PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}]


def sign_ups(cast):
    form = {"email": "carla@example.org", "password1": NEW_PASSWORD}
    return [form, {**form, "trial": json.dumps(a_trial())}]


def every_event(cast):
    """One of each kind that a phone may report."""
    times = {"started_at": "2026-11-20T07:40:00+00:00", "finished_at": "2026-11-20T07:50:00+00:00"}
    a_session = {"kind": "session", "id": str(uuid4()), "slot": "morning", "timezone": "UTC", **times}
    events = [a_set(source="timed", reps=20, session=str(uuid4())), an_undo(str(cast.own_set.uuid)), a_session]
    said = {"said_at": "2026-11-20T07:50:00+00:00", "timezone": "UTC", "day": cast.own_set.day.isoformat()}
    events += [
        {"kind": "rest_day", "id": str(uuid4()), "reason": "sick", "on": True, **said},
        {"kind": "pain", "id": str(uuid4()), "site": "low-back", "score": 3, **said},
        {"kind": "note", "id": str(uuid4()), "text": "Sat for the circles.", **said},
    ]
    return [{"sent_at": "2026-11-20T08:00:00+00:00", "events": [event]} for event in events]


def a_report(cast):
    report = {"effective-directive": "script-src", "blocked-uri": "inline", "document-uri": "http://localhost/"}
    return [{"csp-report": report}]


def reset_link(cast):
    """As it stands after its first use: the token is in the session."""
    return {"uidb36": user_pk_to_url_str(cast.alice), "key": "set-password"}


def a_full_tick(cast):
    full = a_tick(session=str(uuid4()), source="timed", reps="20", sent_at="2026-11-20T08:00:00+00:00")
    return [{"mark": MARK}, {**full, "next": "/"}]


def added_sets(cast):
    return [{"mark": MARK}, {"exercise": CATALOGUE[0].slug, "slot": "extra", "time": "14:30"}]


def days_of_rest(cast):
    spans = {"span": "2026-11-16/2026-11-22"}, {"from": "2026-11-28", "until": "2026-12-01"}
    return [{"reason": "away", **span} for span in spans]


def own_day(cast):
    return {"day": cast.own_set.day.isoformat()}


def an_undo_form(cast):
    return [{"id": str(uuid4()), "timezone": "UTC", "sent_at": "2026-11-20T08:00:00+00:00", "next": "/"}]


def a_waiting_file(cast):
    """No argument: but without it there is no page."""
    packing = Packing([b'{"version": 1, "preferences": {"skin": 2}}'])
    found = preview(cast.alice, entries(packing), timezone.now())
    Upload.objects.put(cast.alice, packing.packed, found.as_json(), timezone.now())
    return {}


def a_shared_report(cast):
    """The same link each time."""
    kept = {"user": cast.alice, "weeks": 8, "expires_at": timezone.now() + timedelta(days=30)}
    ShareLink.objects.get_or_create(digest=digest_of(SHARED), defaults=kept)
    return {"token": SHARED}


def a_link(cast):
    a_shared_report(cast)
    return {"uuid": ShareLink.objects.of(cast.alice).first().uuid}


def pain_forms(cast):
    said = {"day": cast.own_set.day.isoformat(), "said_at": "2026-11-20T07:50:00+00:00", "timezone": "UTC"}
    full = {**said, "id": str(uuid4()), "sent_at": "2026-11-20T08:00:00+00:00", "low-back": "3", "left-knee": "0"}
    return [{"all": "0"}, full]


RULES = {
    "today": public(),
    "session_now": users_page(page=False),
    "trial": Rule(users=VISITORS, query=("seated",)),
    "session": users_page(arguments=lambda cast: {"slot": "morning"}, query=("exercise", "seated", "session")),
    "record_set": act(forms=a_full_tick, hidden=TICK, ids=("id", "session"), free=("next", "seated", "timezone")),
    "undo_set": act(
        arguments=lambda cast: {"uuid": cast.own_set.uuid},
        forms=an_undo_form,
        hidden=("id", "timezone", "sent_at"),
        free=("next", "timezone"),
        ids=("uuid", "id"),
    ),
    "undo_facts": act(forms=lambda cast: [{"target": str(cast.own_set.uuid)}], ids=("target",)),
    "record_again": act(forms=lambda cast: [{"target": str(cast.undone_set.uuid)}], ids=("target",)),
    "record_rest_today": act(forms=lambda cast: [{"reason": "rest"}, {"reason": "rest", "on": "false"}]),
    "rate_pain": act(
        forms=pain_forms,
        hidden=("id", "day", "said_at", "timezone", "sent_at", "low-back"),
        ids=("id",),
        free=("timezone",),
    ),
    "sync": machine(
        methods=("GET", "POST"),
        documents=every_event,
        ids=("id", "target", "session"),
        free=("next", "text", "on", "timezone"),
    ),
    "progress": users_page(query=("week",)),
    "year": users_page(query=("year",)),
    "day": users_page(arguments=own_day),
    "add_set": act(arguments=own_day, forms=added_sets, free=("next", "time")),
    "record_rest": act(arguments=own_day, forms=days_of_rest, free=("next", "span", "from", "until")),
    "write_note": act(arguments=own_day, forms=lambda cast: [{"text": "Long walk."}], free=("next", "text")),
    "exercises": public(),
    "exercise": public(query=("way",), arguments=lambda cast: {"slug": CATALOGUE[0].slug}),
    "choose_variant": act(
        arguments=lambda cast: {"slug": CATALOGUE[0].slug}, forms=lambda cast: [{"variant": "seated"}], free=("from",)
    ),
    "care": public(),
    "care_guide": public(arguments=lambda cast: {"slug": CARE[0].slug}),
    "report": users_page(query=("weeks",)),
    "shared_report": public(arguments=a_shared_report, page=False),
    "share_links": users_page(methods=FILL, forms=lambda cast: [{"weeks": "8", "days": "30", "notes": "on"}]),
    "end_share_link": act(arguments=a_link, forms=lambda cast: [{}], ids=("uuid",)),
    "erase_account": users_page(methods=FILL, forms=lambda cast: [{"sure": "yes"}], free=("next", "account")),
    "first_question": Rule(
        FILL, USERS, ("again",), lambda cast: {"card": 1}, lambda cast: [{"skip": "this"}], free=("seen",)
    ),
    "settings": users_page(),
    "save_settings": Rule(methods=FILL, arguments=lambda cast: {"group": "coach"}, forms=settings_forms, page=False),
    "plan": Rule(methods=FILL, query=("proposal", "exercise"), forms=a_plan, free=("when", "since")),
    "preview_plan": act(forms=a_plan, free=("when", "since")),
    "take_step": act(forms=a_step, free=("next", "plan")),
    "undo_step": act(forms=a_taken_step, free=("next", "target")),
    "put_off_step": act(forms=lambda cast: a_step(cast) and [{}]),
    "cancel_change": act(forms=a_dropped_change),
    **REMINDERS,
    **WAYS_IN,
    "get_help": public(),
    "about": public(),
    "export_json": users_page(page=False),
    "export_csv": users_page(page=False),
    "import_data": users_page(methods=FILL, forms=lambda cast: [{"file": b'{"version": 1, "notes": [7]}'}]),
    "import_preview": users_page(methods=FILL, arguments=a_waiting_file, forms=lambda cast: [{}], page=False),
    "service_worker": machine(),
    "offline": Rule(users=ANYBODY, page=False),
    "healthz": machine(),
    "readyz": machine(),
    "manifest": machine(),
    "csp_report": machine(
        methods=ACT, documents=a_report, token=False, free=("effective-directive", "blocked-uri", "document-uri")
    ),
    "security_txt": machine(),
    "account_login": visitors(
        forms=lambda cast: [{"login": cast.alice.email, "password": OLD_PASSWORD}], free=("next", "remember")
    ),
    "account_logout": Rule(methods=FILL, query=("next",), users=ANYBODY, forms=lambda cast: [{"next": "/"}]),
    "account_signup": visitors(
        query=("next", "tried"), forms=sign_ups, hidden=("trial",), free=("next", "password1", "trial")
    ),
    "account_inactive": public(page=False),
    "account_change_password": users_page(methods=FILL, query=("next",), forms=new_password, free=("next", "account")),
    "account_reset_password": public(query=("next",)),
    "account_reauthenticate": users_page(
        methods=FILL, query=("next",), forms=lambda cast: [{"password": OLD_PASSWORD}], page=False
    ),
    "account_email": users_page(
        methods=FILL, mail=True, forms=lambda cast: [{"action_add": "", "email": "al@example.org"}], free=ADDRESSES
    ),
    "account_reset_password_done": public(mail=True),
    "account_reset_password_from_key": visitors(
        mail=True,
        arguments=reset_link,
        free=DEAD_LINK,
        forms=lambda cast: [{"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}],
    ),
    "account_reset_password_from_key_done": public(mail=True),
}
# Where there is mail, these do more.
WITH_MAIL = {
    "account_login": replace(RULES["account_login"], mail=True),
    "account_signup": replace(RULES["account_signup"], mail=True),
    "account_reset_password": visitors(mail=True, forms=lambda cast: [{"email": cast.alice.email}]),
}
