"""The first questions: four cards after a sign-up, and again from the settings. Each can be skipped.

The answers wait in the log-in session. The last card makes them a plan and places of pain, and forgets the rest.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exercises.forms.first_questions import AmountForm, PlacesForm, SafetyForm, WaysForm
from exercises.loaders import current_plan
from exercises.models import Preferences, Site
from exercises.pages.first_questions import WAYS, FirstPlan, InForce
from exercises.record.plan_changes import change_plan, plan_in_turn
from exercises.web.first_answers import FirstAnswers
from exercises.web.moment import moment_of
from exercises.web.redirects import SeeOther, saying
from exercises.web.refusals import refuse
from exercises.web.request import Request

PLACES, SAFETY, SUITS, LAST = CARDS = 1, 2, 3, 4
TEMPLATES = dict(
    zip(CARDS, ("first/places.html", "first/safety.html", "first/ways.html", "first/amount.html"), strict=True)
)
BUTTONS = {"skip": ("this", "all"), "back": ("yes",), "again": ("yes",)}  # again: what the page says of itself


@require_http_methods(["GET", "HEAD", "POST"])
def first_question(request: Request, card: int) -> HttpResponse:
    """One card. `?again` begins once more, with what is in force; a new log-in session begins at the first card."""
    if card not in CARDS:
        raise Http404
    asked = _Asked(request, card)
    if request.method == "POST":
        return _answer(asked)
    if "again" in request.GET:
        asked.answers.end()
    if asked.answers.begun or card == PLACES:
        asked.answers.begin()
        return asked.page() if "again" not in request.GET else _to(PLACES)
    return _to(PLACES)


class _Asked:
    """One request for a card: its answers, and the plan that they make."""

    def __init__(self, request: Request, card: int) -> None:
        self.request, self.card, self.answers = request, card, FirstAnswers(request.session)
        self.preferences, self.day = request.user.preferences, moment_of(request).day
        self.read_plan()

    def read_plan(self) -> None:
        current = current_plan(self.request.user, self.day)
        self.in_force = InForce(current, self.preferences.pain_sites)
        so, said = self.said(SAFETY).get("so"), self.said(SUITS)
        self.plan = FirstPlan(current, bool(so), said, self.preferences.first_questions_done)

    def said(self, card: int) -> dict[str, Any]:
        return self.answers.said(card, self.in_force.of_cards[card]) or {}

    def form(self) -> Form:
        data = self.request.POST
        if self.card == LAST:
            return AmountForm(data, self.plan.names)
        return {PLACES: PlacesForm, SAFETY: SafetyForm, SUITS: WaysForm}[self.card](data)

    def shown(self) -> dict[str, Any]:
        """What is chosen on this card."""
        said = self.said(self.card)
        if self.card == PLACES:
            return {"chosen": said.get("places", self.preferences.pain_sites).split(), "sites": Site.choices}
        if self.card == SAFETY:
            return {"chosen": said.get("so", [])}
        if self.card == SUITS:
            return {"ways": {question: self.plan.way(question) for question in WAYS}, "careful": self.plan.careful}
        amounts = self.plan.amounts(self.preferences.move_seconds)
        chosen = said.get("plan") if said.get("plan") in self.plan.names else self.plan.preset
        return {"amounts": amounts, "chosen": chosen, "first_day": self.day == self.plan.current.plan.first_day}

    def page(self, wrong: str = "", status: int = 200) -> HttpResponse:
        context = {
            "card": self.card,
            "cards": CARDS,
            "wrong": wrong,
            "seen": self.in_force.of_cards[LAST],
            "again": self.preferences.first_questions_done,
            **self.shown(),
        }
        return render(self.request, TEMPLATES[self.card], context, status=status)


def _answer(asked: _Asked) -> HttpResponse:
    sent = asked.request.POST
    pressed = {name: sent.get(name, "") for name in BUTTONS}
    if any(name in sent and value not in BUTTONS[name] for name, value in pressed.items()):
        return refuse(asked.request, _("We do not know this button. Please go back and try again."), 422)
    if pressed["skip"] == "all":
        asked.answers.end()
        Preferences.objects.filter(user=asked.request.user).update(first_questions_done=True)
        return SeeOther(reverse("today"))
    form = None if pressed["skip"] else asked.form()
    if form and not form.is_valid() and not pressed["back"]:
        return asked.page(str(next(iter(form.errors.values()))[0]), 422)
    begun = asked.answers.begun or asked.card == PLACES or (asked.card == LAST and asked.plan.begun)
    _keep(asked, form)
    if pressed["back"]:
        return _to(max(asked.card - 1, PLACES))
    if not begun:  # the answers before it went with another log-in session
        return _to(PLACES)
    return _to(asked.card + 1) if asked.card < LAST else _finish(asked)


def _keep(asked: _Asked, form: Form | None) -> None:
    """Keep what was said on this card, or that it was skipped."""
    if form is None:
        asked.answers.drop(asked.card)
    elif form.is_valid():
        if asked.card == SAFETY and form.cleaned_data["so"] and not asked.plan.careful:
            ways = {question: answer for question, answer in asked.said(SUITS).items() if question != "tiptoe"}
            asked.answers.keep(SUITS, ways, asked.in_force.of_cards[SUITS])
        asked.answers.keep(asked.card, form.cleaned_data, asked.in_force.of_cards[asked.card])


def _finish(asked: _Asked) -> HttpResponse:
    """Write the plan and the places, unless either was changed elsewhere while the card was open."""
    user, seen, chosen = asked.request.user, asked.request.POST.get("seen", ""), asked.said(LAST).get("plan")
    try:
        with plan_in_turn(user):
            asked.preferences = Preferences.objects.get(user=user)
            asked.read_plan()
            wanted = asked.plan.wanted(chosen or asked.plan.in_force)
            same = [each.amount for each in wanted] == [each.amount for each in asked.in_force.current.all]
            if not same and seen != asked.in_force.of_cards[LAST]:
                return asked.page(_("Your plan was changed in the meantime. Please choose again."), 409)
            change_plan(user, wanted, asked.day, asked.day)
            _save(asked)
    except ValidationError as refused:
        return asked.page(" ".join(refused.messages), 422)
    asked.answers.end()
    if not asked.request.POST.get("again"):  # the page says it, so that a second tap leads where the first one did
        return SeeOther(reverse("today"))
    code = ("saved",) if same else ("plan-saved", asked.day)
    return SeeOther(saying(reverse("settings"), *code))


def _save(asked: _Asked) -> None:
    places = asked.answers.said(PLACES, asked.in_force.of_cards[PLACES])
    if places is not None:
        asked.preferences.pain_sites = places["places"]
    asked.preferences.first_questions_done = True
    asked.preferences.save(update_fields=["pain_sites", "first_questions_done"])


def _to(card: int) -> HttpResponse:
    return SeeOther(reverse("first_question", args=[card]))
