"""The rules of the addresses of the page Reminders."""

from tests.support.reminders.choices import WHEN, a_device

WORDS = ("morning_after", "midday_after", "evening_after")
SWITCHES = ("morning_reminded", "midday_reminded", "evening_reminded", "remind_again", "remind_with_names")
QUIET = ("quiet_hours", "quiet_from", "quiet_until")  # the times count only with the switch


def some_choices(cast):
    return [WHEN, {"field": "evening_remind_at", "evening_remind_at": "20:15"}]


def with_a_device(cast):
    """So that there is something to send to."""
    a_device(cast.alice)
    return [{}]


def page_rules(users_page, act):
    return {
        "reminders": users_page(),
        "send_reminder": act(forms=with_a_device),
        "decline_reminders": act(forms=lambda cast: [{}]),
        "save_reminders": act(
            arguments=lambda cast: {"group": "when"}, forms=some_choices, free=("next", *WORDS, *SWITCHES, *QUIET)
        ),
    }
