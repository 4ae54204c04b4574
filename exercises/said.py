"""What a page says of the act before it. The redirect names the act by a code, `?said=saved`, and its facts by ids.

So no message waits in the log-in session, where the page of another request would take it; and an address that somebody
else made can only say one of these sentences. A code may have values: `?said=plan-saved:2026-11-30`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from exercises.catalogue.variants import variants_by_choice
from exercises.models import CompletedSet, DayNote, RestDay, Slot
from exercises.models.range_queries import sets_of_mark
from exercises.pages.plan_offer import key_of
from exercises.pages.plan_proposals import PlanDuration
from exercises.pages.rest_days import days_text
from exercises.record.corrections import restorable_fields
from exercises.record.parsing import Rejected, read_day, read_uuid
from exercises.web.moment import moment_of
from exercises.web.redirects import SAID
from exercises.web.request import Request

MOST_DIGITS = 9
LOGGED_OUT = "logged-out"


@dataclass(frozen=True)
class Said:
    """`act` is the name of the address that the button posts `targets` to. Without one there is no button.

    `arguments` are those of the address; `fields` are posted as well, as (name, value).
    """

    words: str
    act: str = ""
    targets: tuple[UUID | str, ...] = ()
    arguments: tuple[str, ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()


PLAIN = {
    "change-cancelled": gettext_lazy("Change cancelled. Your plan stays as it is."),
    "code-expired": gettext_lazy("This page was open too long. Please start again."),
    "code-sent": gettext_lazy("We sent you a new code."),
    "code-tomorrow": gettext_lazy("We sent many emails to this address today. Please try again tomorrow."),
    "code-wait": gettext_lazy("We sent you an email a moment ago. Please wait three minutes before you ask again."),
    "codes-off": gettext_lazy("Codes are off. You log in without one from now on."),
    "codes-on": gettext_lazy("Codes are on. You are asked for one at your next log-in."),
    "device-ended": gettext_lazy("This device gets no more messages."),
    "email-cancelled": gettext_lazy("Cancelled. Your email address stays the same."),
    "email-confirmed": gettext_lazy("Email address confirmed."),
    "email-exists": gettext_lazy("Another account already uses this email address."),
    "email-removed": gettext_lazy("Email address removed."),
    "feed-ended": gettext_lazy("This address no longer works. Please delete the calendar in your calendar app too."),
    "link-ended": gettext_lazy("The link no longer works."),
    "log-in-linked": gettext_lazy("Linked. You can log in with it from now on."),
    "log-in-stopped": gettext_lazy("You stopped the log-in. Nothing has changed."),
    "log-in-unlinked": gettext_lazy("Unlinked. It no longer logs you in."),
    LOGGED_OUT: gettext_lazy("You were logged out. We will send what is saved on this phone when you log in."),
    "logged-out-elsewhere": gettext_lazy("All other devices are logged out."),
    "logged-out-there": gettext_lazy("That device is logged out."),
    "passkey-added": gettext_lazy("Passkey added. Next time you can log in with it."),
    "passkey-removed": gettext_lazy("Passkey removed. It no longer logs you in."),
    "passkey-unknown": gettext_lazy("This passkey did not work here. Try again, or choose another way."),
    "password-saved": gettext_lazy("Saved. Use your new password next time."),
    "plan-same": gettext_lazy("Nothing has changed. You already have this plan."),
    "recovery-codes-made": gettext_lazy("You have new recovery codes. The old ones no longer work."),
    "saved": pgettext_lazy("message", "Saved."),
    "step-put-off": gettext_lazy("All right. We will not ask again for two weeks."),
    "undone": pgettext_lazy("message", "Undone."),
}


def said(request: Request) -> dict[str, Any]:
    """The context of every page: `said` is None unless the address has a code, and values that fit it."""
    code, _colon, values = request.GET.get(SAID, "").partition(":")
    known = request.user.is_authenticated
    if request.method == "POST" or (code == LOGGED_OUT and known) or (code in OF_USER and not known):
        return {"said": None}
    if code in PLAIN:
        return {"said": Said(str(PLAIN[code]))}
    try:
        return {"said": OF_USER[code](request, values) if code in OF_USER else None}
    except Rejected:
        return {"said": None}


def _ids(values: str) -> tuple[UUID, ...]:
    return tuple(read_uuid(each, "id") for each in values.split(","))


def _of_facts(facts: Any, words: Any, act: str = "undo_facts") -> Callable[[Request, str], Said | None]:
    """Says what was done by facts of this user that still hold, with their days. The button undoes them.

    `facts` is the manager of their kind.
    """

    def say(request: Request, values: str) -> Said | None:
        ids = _ids(values)
        days = dict(facts.of(request.user).not_undone().filter(uuid__in=ids).values_list("uuid", "day"))
        return Said(words % {"days": days_text(days.values())}, act, ids) if days.keys() == set(ids) else None

    return say


def _set_undone(request: Request, values: str) -> Said | None:
    """With a button that adds the set again, if it would come back as it was."""
    undone = CompletedSet.objects.of(request.user).undone().named(*_ids(values)[:1])
    if undone is None:
        return None
    comes_back = restorable_fields(undone, request.user.plan, request.user.preferences)
    words = _("%(set)s: undone.") % {"set": _name(undone)}
    if undone.slot != Slot.EXTRA and not all(each.undone for each in sets_of_mark(request.user, undone.uuid)):
        words += " " + _("Another set is still there.")
    return Said(words, "record_again", (undone.uuid,)) if comes_back else Said(words)


def _set_restored(request: Request, values: str) -> Said | None:
    restored = CompletedSet.objects.of(request.user).not_undone().named(*_ids(values)[:1])
    if restored is None:
        return None
    return Said(_("%(set)s: added again.") % {"set": _name(restored)}, "undo_facts", (restored.uuid,))


def _name(each: CompletedSet) -> str:
    return f"{each.name}, {Slot(each.slot).label}"


def _step_taken(request: Request, values: str) -> Said | None:
    """Says that a step was taken, while it still holds unchanged. The button undoes it."""
    named, _comma, key = values.partition(",")
    if key_of(request.user.plan.on(read_day(named))) != key:
        return None
    return Said(_plan_saved(request, named).words, "undo_step", (f"{named}:{key}",))


def _plan_saved(request: Request, values: str) -> Said:
    day, today = read_day(values), moment_of(request).day
    length = PlanDuration(request.user.plan.on(day), request.user.preferences.move_seconds)
    since = pgettext("date", "today") if day == today else date_format(day, "l, j F")
    takes = _("Saved. From %(since)s a day takes %(minutes)s minutes.")
    words = takes if length.day else _("Saved. From %(since)s nothing is planned.")
    return Said(words % {"since": since, "minutes": length.day_text})


def _variant_chosen(request: Request, values: str) -> Said | None:
    """ "toe-walking,standard,2026-12-07": the exercise, its variant before, and the day that ends the new one.

    The button chooses the variant before, as long as another one is chosen.
    """
    slug, before, until = (*values.split(","), "", "")[:3]
    day = moment_of(request).day
    held = request.user.plan.prescription(max(day, request.user.plan.first_day or day), slug)
    if held is None:
        return None
    words = _("Saved. From today you do: %(name)s.") % {"name": held.name}
    if before == held.variant_data.choice or before not in variants_by_choice(slug):
        return Said(words)
    fields = (("variant", before), *([("until", read_day(until))] if until else []))
    return Said(words, "choose_variant", arguments=(slug,), fields=fields)


def _added(_request: Request, values: str) -> Said:
    if not (values.isascii() and values.isdigit() and len(values) <= MOST_DIGITS):
        raise Rejected(values)
    count = int(values)
    return Said(ngettext("%(count)d entry added.", "%(count)d entries added.", count) % {"count": count})


OF_USER: dict[str, Callable[[Request, str], Said | None]] = {
    "added": _added,
    "note-removed": _of_facts(DayNote.objects, pgettext_lazy("message", "Note removed.")),
    "note-saved": _of_facts(DayNote.objects, pgettext_lazy("message", "Note saved.")),
    "plan-saved": _plan_saved,
    "rest-missing": _of_facts(RestDay.objects, gettext_lazy("No rest to remove: %(days)s."), act=""),
    "rest-removed": _of_facts(RestDay.objects, gettext_lazy("Rest removed: %(days)s.")),
    "rest-saved": _of_facts(RestDay.objects, gettext_lazy("Rest saved: %(days)s.")),
    "set-added": _of_facts(CompletedSet.objects, pgettext_lazy("message", "Set added.")),
    "set-restored": _set_restored,
    "set-undone": _set_undone,
    "step-taken": _step_taken,
    "variant-chosen": _variant_chosen,
}
