"""The words of Today. The phone fills them in again after each tap; `{braces}` mark the gaps.

One source for both: the templates fill them in for the server, static/js/today for the phone.
"""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from exercises.models import Reason
from exercises.pages.wording import rest_text


def today_words(most: int) -> dict[str, Any]:
    """The patterns by what they are for. `most` is the largest number of exercises in a session."""
    return _words(get_language(), most)


@lru_cache(maxsize=100)
def _words(_language: str | None, most: int) -> dict[str, Any]:
    """Kept, like each word of a template: there are twenty of them."""
    wishes = {Reason.SICK: _("Nothing to do today. Get well soon.")}
    nothing = _("Nothing to do today. Enjoy your rest.")
    return {
        "next": _("Next: {session} session"),
        "behind": _("Still to do: {session} session"),
        "titles": ["{name}", *(_title(more) for more in range(1, most))],
        "start": _("Start · {minutes} min"),
        "done": [_("All sets are done"), _("You are done for today. See you tomorrow.")],
        "none": [_("Nothing planned today"), _("Have a look at the exercises.")],
        "rest": {reason.value: [rest_text(reason), wishes.get(reason, nothing)] for reason in Reason},
        "ring": _("{done} of {due} sets done today"),
        "of": pgettext("sets, after the number done", "of {due}"),
        "day": _("{day}: {done} of {due} sets"),
        "nothing": _("{day}: nothing planned"),
        "extras": _("{name}, extra sets: {extras}. Undo one"),
        "ticked": _("{name}, {session}: done."),
        "left": _("Undone. Another set is still there."),
    }


def _title(more: int) -> str:
    """ "{name}, then 2 more": the number is filled in here, where the language's plural forms are known."""
    return ngettext("{name}, then one more", "{name}, then {more} more", more).replace("{more}", str(more))
