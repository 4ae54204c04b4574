"""Fetches what the pages show of a user, and shapes it. Each function says how many queries it makes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from exercises.models import CompletedSet, DayNote, Prescription, Reason, RestDay, Site, Slot, User, days_of
from exercises.models.prescription import usual_plan
from exercises.models.range_queries import (
    Rating,
    days_after,
    packed_days,
    ratings_between,
    scores_between,
    sets_of_session,
)
from exercises.models.training import SetRow
from exercises.pages.board import Board
from exercises.pages.carried_days import DAYS
from exercises.pages.day_parts import day_parts
from exercises.pages.history import History
from exercises.pages.milestones import SessionDay, days_done
from exercises.pages.pain_chart import PainPanels, pain_panels
from exercises.pages.pain_question import Place, Question
from exercises.pages.plan_offer import Past, PlanOffer, first_day_read
from exercises.pages.plan_proposals import CurrentPlan
from exercises.pages.report import Report
from exercises.pages.rest_days import choices, days_text, rest_periods
from exercises.pages.set_list import Entry, list_sets
from exercises.pages.week import LONG, Progress
from exercises.pages.year import Year
from exercises.record.corrections import MOST_REST_DAYS
from exercises.record.recording import AHEAD
from exercises.rules import days
from exercises.rules.adherence import DayAdherence
from exercises.web.moment import Moment

NO_RECORD = DayAdherence({}, {})
LATEST_SESSION = timedelta(days=7)  # a set that waits longer on a phone is answered like one of today


def board_of(user: User, moment: Moment) -> Board:
    """The user's day, with the week around it and the rest of the days that a page carries: one query."""
    week, last = _days_shown(user, moment)
    return _board(user, moment, week, *days_of(user, week[0], last))


def today_of(user: User, moment: Moment) -> tuple[Board, PlanOffer | None, Question | None]:
    """The board of today, the plan that is offered and, in the evening, the question: at most two queries.

    One is for the days, and one for pain, because the offer and the question read the same answers.
    """
    board, past = _board_and_past(user, moment)
    asked_from = _asked_from(user, moment) if moment.slot == Slot.EVENING else None
    since = min((day for day in (past.first_answer, asked_from) if day), default=None)
    ratings = ratings_between(user, since, moment.day) if since else []
    question = _question(user, moment, asked_from, ratings) if asked_from else None
    return board, past.offer(_scores(ratings)), question


def offer_of(user: User, moment: Moment) -> PlanOffer | None:
    """The plan that is offered today: at most two queries, one for the days and one for pain."""
    return _offer_of(user, _board_and_past(user, moment)[1])


def offer_beside(user: User, progress: Progress) -> PlanOffer | None:
    """The plan that is offered beside the running week: one query with pain, else none."""
    return _offer_of(user, _past(user, progress.history)) if progress.week.running else None


def _offer_of(user: User, past: Past) -> PlanOffer | None:
    since = past.first_answer
    return past.offer(_scores(ratings_between(user, since, past.today)) if since else {})


def _board_and_past(user: User, moment: Moment) -> tuple[Board, Past]:
    """One query: the days of the board as sets, those before them packed."""
    today, (week, last) = moment.day, _days_shown(user, moment)
    first = min(first_day_read(user.plan, user.preferences, today) or week[0], week[0])
    sets, excused, made = days_after(user, first, week[0], last)
    board = _board(user, moment, week, sets, excused)
    before = History(user.plan, today, made, user.preferences.goal_days, excused)

    @cache
    def day_on(day: date) -> DayAdherence:
        return board.adherence_on(day) if day >= week[0] else before.day(day).adherence or NO_RECORD

    return board, Past(user.plan, user.preferences, today, day_on)


def _days_shown(user: User, moment: Moment) -> tuple[tuple[date, ...], date]:
    """The week of a board, and the last day that its page carries."""
    week = user.preferences.week(moment.day)
    return week, max(week[-1], moment.day + timedelta(days=DAYS - 1))


def _board(
    user: User, moment: Moment, week: tuple[date, ...], sets: list[SetRow], excused: Mapping[date, str]
) -> Board:
    return Board(user.plan, moment.day, week, moment.slot, sets, excused, user.preferences, moment.served)


def _past(user: User, history: History) -> Past:
    return Past(user.plan, user.preferences, history.today, cache(lambda day: history.day(day).adherence or NO_RECORD))


def _scores(ratings: Iterable[Rating]) -> dict[tuple[date, str], int]:
    """The last score of each day and site, days in order."""
    return {(each.day, each.site): each.score for each in ratings}


def session_day(user: User, board: Board, moment: Moment, session: UUID | None) -> SessionDay:
    """The day on which that session began, with all its sets: a session may cross midnight.

    When that is today, its board is `board`, the one of today: one query. Otherwise three.
    """
    if session is None:
        return SessionDay(board)
    own = sets_of_session(user, session, moment.day - LATEST_SESSION, moment.day + timedelta(days=1))
    day, ids = min((each.day for each in own), default=moment.day), frozenset(each.uuid for each in own)
    if day == moment.day:
        return SessionDay(board, ids)
    then = board_of(user, replace(moment, day=day))
    others = [each for each in then.sets if each.uuid not in ids]
    then = replace(then, sets=[*others, *(replace(each, day=day) for each in own)])
    return SessionDay(then, ids, is_over=any(each.day != day for each in own))


def milestone(user: User, day: SessionDay) -> str:
    """What a session reached, in one line, or "": one query where it may be a first time, otherwise none."""
    stretch = day.days_to_read()
    if stretch is None:
        return day.line()
    return day.line(days_done(history_of(user, day.board.day, *stretch), *stretch))


def current_plan(user: User, day: date) -> CurrentPlan:
    """The plan in force on `day`: one query besides that of the plan."""
    return CurrentPlan(user.plan, usual_plan(user, day), day)


def prescriptions_of(user: User, day: date) -> dict[int, Prescription]:
    """The plan of `day`, by primary key of the exercise: no query of its own."""
    return {each.exercise_id: each for each in user.plan.on(day)}


def entries_on(user: User, day: date) -> tuple[list[Entry], Counter[date]]:
    """The sets of a day as its page lists them, and the number of sets on each day of its week: one query."""
    week = user.preferences.week(day)
    made = list(CompletedSet.objects.of(user).not_undone().between(week[0], week[-1]).oldest_first())
    return list_sets((each for each in made if each.day == day), user.plan, user.preferences), Counter(
        each.day for each in made
    )


def day_page(
    user: User, moment: Moment, shown: date, entries: list[Entry], counts: Mapping[date, int]
) -> dict[str, Any]:
    """One day of the record: its sets, pain and note, the days beside it, its form for rest days. Two queries,
    three for a user who chose places of pain.
    """
    plan, preferences = user.plan, user.preferences
    first_day = plan.first_day or shown
    excused = RestDay.objects.of(user).not_undone().between(first_day, moment.day + AHEAD).excused()
    rows = [each.row for each in entries]
    board = Board(plan, shown, (shown,), moment.slot, rows, excused, preferences, moment.served)
    return {
        "board": board,
        "entries": entries,
        "parts": day_parts(board, entries),
        "pain": _pain_on(user, shown),
        "note": DayNote.objects.of(user).not_undone().between(shown, shown).texts().get(shown, ""),
        "is_today": shown == moment.day,
        "week_name": days.week_name(preferences.week(shown)[0]),
        "before": shown - timedelta(days=1) if shown > first_day else None,
        "after": shown + timedelta(days=1) if shown < moment.day else None,
        **_rest_form(user, shown, moment.day, excused, counts),
    }


def _pain_on(user: User, day: date) -> list[tuple[Site, int]]:
    """The answers of a day by place. Empty for a user who wants no questions, old answers or not."""
    scores = scores_between(user, day, day) if user.preferences.sites else {}
    return [(site, scores[day, site]) for site in Site if (day, site) in scores]


def _rest_form(
    user: User, shown: date, today: date, excused: Mapping[date, str], counts: Mapping[date, int]
) -> dict[str, Any]:
    """The days that the form for rest days offers; the page of today also lists the rest days to come."""
    first_day = user.plan.changes[0]
    week = [each for each in user.preferences.week(shown) if each >= first_day]
    ahead = {day: reason for day, reason in excused.items() if day > today} if shown == today else {}
    return {
        "choices": choices(shown, week, counts, excused),
        "day_text": days_text([shown]),
        "reasons": Reason,
        "first_day": first_day,
        "latest_rest": today + AHEAD,
        "most_days": MOST_REST_DAYS,
        "rested": " ".join(each.span for each in rest_periods(excused)),
        "ahead": rest_periods(ahead),
    }


def history_of(user: User, today: date, first: date, last: date) -> History:
    """The user's record from `first` to `last`: one query."""
    made, excused = packed_days(user, first, last)
    return History(user.plan, today, made, user.preferences.goal_days, excused)


def progress_of(user: User, today: date, first: date) -> Progress:
    """The week from `first` on and the weeks before it: one query."""
    history = history_of(user, today, days.weeks_up_to(first, LONG)[0], days.week_from(first)[-1])
    return Progress(history, history.weeks(first, LONG))


def year_of(user: User, today: date, year: int) -> Year:
    """The days of one year: one query."""
    history = history_of(user, today, date(year, 1, 1), date(year, 12, 31))
    return Year(year, history, user.preferences.week_starts_on)


def report_of(user: User, today: date, weeks: int, with_notes: bool = True) -> Report:
    """The last `weeks` weeks, today's included: three queries."""
    running = user.preferences.week(today)
    long = days.weeks_up_to(running[0], LONG)
    starts = long[-weeks:]
    history = history_of(user, today, starts[0], running[-1])
    scores = scores_between(user, long[0], today)
    notes = DayNote.objects.of(user).not_undone().between(starts[0], today).texts() if with_notes else {}
    return Report(history, [history.week(first) for first in starts], user.preferences.sites, scores, notes)


def pain_question(user: User, moment: Moment) -> Question | None:
    """One query, and none for a user who does not want to be asked."""
    since = _asked_from(user, moment)
    return _question(user, moment, since, ratings_between(user, since, moment.day)) if since else None


def _asked_from(user: User, moment: Moment) -> date | None:
    """The first day that the question is about. None if it is not asked."""
    first_day = user.plan.first_day
    if not user.preferences.sites or first_day is None or moment.day < first_day:
        return None
    return user.preferences.week(moment.day)[0] if user.preferences.pain_weekly else moment.day


def _question(user: User, moment: Moment, since: date, answers: Iterable[Rating]) -> Question:
    sites, weekly = user.preferences.sites, user.preferences.pain_weekly
    ratings = [each for each in answers if each.day >= since and each.site in sites]
    day = ratings[-1].day if ratings else moment.day
    scores = {each.site: each.score for each in ratings}
    places = tuple(Place(site, scores.get(site)) for site in sites)
    rating_ids = tuple(each.uuid for each in ratings if each.day == day)
    return Question(places, since, day, rating_ids, moment, weekly)


def pain_of(user: User, progress: Progress) -> PainPanels | None:
    """The pain of the weeks shown: one query. None for a user who wants no questions, old answers or not."""
    sites, weeks = user.preferences.sites, progress.weeks
    if not sites:
        return None
    return pain_panels(weeks, sites, scores_between(user, weeks[0].first, weeks[-1].last))
