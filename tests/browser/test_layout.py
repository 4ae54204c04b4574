"""Where things stand on a page and on the stage, how large they are, and what moves there by itself."""

import pytest
from playwright.sync_api import expect

from exercises.models import Preferences
from exercises.rules.timeline import Kind
from tests.conftest import logged_in
from tests.support.phone import HTMX, a_tick
from tests.support.phone_day import phone_today
from tests.support.usual_plan import ALL_EXERCISES


def test_the_last_line_begins_where_the_page_does(alice_page):
    alice_page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("/", "/session/midday/", "/settings/erase/", "/progress/"):
        alice_page.goto(path)

        assert begins(alice_page.locator(".foot a").first) == begins(alice_page.locator("main h1").first), path


def begins(locator):
    return locator.evaluate("(each) => Math.round(each.getBoundingClientRect().x)")


def test_the_day_and_its_ring_stand_side_by_side_on_a_small_phone(alice_page):
    alice_page.set_viewport_size({"width": 320, "height": 568})
    alice_page.goto("/")
    title, ring = alice_page.get_by_role("heading", level=1), alice_page.locator(".ring")

    assert ring.bounding_box()["y"] < title.bounding_box()["y"] + title.bounding_box()["height"]


def test_paper_has_no_buttons(alice_page):
    alice_page.emulate_media(media="print")
    for path in ("/exercises/toe-walking/", "/progress/", "/report/"):
        alice_page.goto(path)

        expect(alice_page.get_by_role("main")).to_be_visible()
        buttons = alice_page.locator("main .btn, main .way")
        assert [each.inner_text() for each in buttons.all() if each.is_visible()] == [], path


def test_at_the_end_of_a_day_the_way_to_today_is_in_view(session, alice, short_doses):
    """Also on a small phone, below the way to get up and above all else."""
    Preferences.objects.filter(user=alice).update(pain_sites="low-back", goal_days=1)
    for slot in ("morning", "midday"):
        for exercise in alice.plan.session(phone_today(), slot):
            logged_in(alice).post("/sets/", a_tick(exercise=exercise.exercise.slug, slot=slot), headers=HTMX)
    session.open("evening").start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="That is your day.")).to_be_focused()
    expect(session.page.get_by_text("Your first full day.")).to_be_visible()
    expect(session.page.get_by_role("heading", name="Get up slowly")).to_be_in_viewport(ratio=1)
    for width, height in ((390, 844), (320, 568)):
        session.page.set_viewport_size({"width": width, "height": height})
        way, bar = session.page.get_by_role("link", name="Go to Today"), session.page.get_by_role("navigation")
        assert way.bounding_box()["y"] + way.bounding_box()["height"] <= bar.bounding_box()["y"]


def test_the_last_screen_begins_at_its_top(session, alice, short_doses):
    """Where its title stands low, because the way to get up comes first."""
    session.page.set_viewport_size({"width": 320, "height": 400})
    session.open("midday").start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    assert session.page.evaluate("scrollY") == 0


SIZES = [(390, 844), (844, 390), (320, 256), (320, 480), (320, 568), (568, 320), (1280, 800)]
# Each control and text of the stage that ends outside of the window, and whether the page is larger than the window.
OUTSIDE = """
() => {
    const seen = [...document.querySelectorAll(
        ".session :is([data-act], .session-told, .session-phase, .session-side, .session-meta, .session-ready)"
    )].filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.clientWidth);
    const isOut = ({ left, top, right, bottom }) =>
        left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    const { scrollWidth, scrollHeight } = document.documentElement;
    const large = scrollWidth > innerWidth || scrollHeight > innerHeight ? [`${scrollWidth}x${scrollHeight}`] : [];
    return seen.filter((each) => isOut(each.getBoundingClientRect())).map((each) => each.className).concat(large);
}
"""
SPACED = """
.session * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
.session p { margin-block-end: 2em !important; }
"""
ADD_STYLE = """
(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
}
"""
FONT = "(each) => parseFloat(getComputedStyle(each).fontSize)"


@pytest.fixture
def screen(alice_page):
    """On which a phone lets the screen stay on, so that no note stands on the stage."""
    alice_page.add_init_script("navigator.wakeLock.request = async () => ({ release() {} })")


@pytest.mark.usefixtures("screen", "short_doses")
def test_every_phase_fits_every_window(session):
    session.open().start()
    kinds = set()
    for phase in session.sheet()["phases"]:
        session.run(phase["seconds"] / 2)
        if (kind := (phase["kind"], bool(phase["side"]), phase["rep"] > 2)) not in kinds:
            kinds.add(kind)
            for width, height in SIZES:
                session.page.set_viewport_size({"width": width, "height": height})
                assert session.page.evaluate(OUTSIDE) == [], (kind, width, height)
                expect(session.page.get_by_role("button", name="Pause", exact=True)).to_be_in_viewport(ratio=1)
        session.run(phase["seconds"] / 2)

    assert {kind for kind, *_ in kinds} == set(Kind)


@pytest.mark.usefixtures("screen")
def test_from_three_metres_one_reads_count_leg_and_name(session, alice):
    session.open("extra", "?exercise=resisted-plantar-flexion").start()
    session.run(8 + 2)
    size = {part: session.stage.locator(f".session-main .session-{part}").evaluate(FONT) for part in ("name", "phase")}
    side, rep = session.stage.locator(".session-side"), session.rep

    assert size["name"] >= 28
    assert side.evaluate(FONT) == pytest.approx(size["phase"], rel=0.05)
    assert rep.bounding_box()["y"] == pytest.approx(session.page.get_by_role("heading").bounding_box()["y"], abs=2)
    assert side.get_by_text("Left leg").bounding_box()["x"] < 80
    session.page.set_viewport_size({"width": 844, "height": 390})
    assert session.count.locator("span").evaluate(FONT) >= 200


@pytest.mark.usefixtures("screen")
def test_wider_spaced_or_larger_text_leaves_pause_in_view(session):
    session.open("extra", "?exercise=resisted-plantar-flexion").start()
    session.run(8 + 2)
    pause, picture = session.page.get_by_role("button", name="Pause", exact=True), session.stage.locator(".session-art")
    session.page.evaluate("document.documentElement.style.fontSize = '32px'")
    expect(pause).to_be_in_viewport(ratio=1)
    assert picture.bounding_box()["height"] > 100

    session.page.evaluate("document.documentElement.style.fontSize = ''")
    session.page.evaluate(ADD_STYLE, SPACED)
    expect(pause).to_be_in_viewport(ratio=1)


@pytest.mark.usefixtures("screen")
def test_nothing_jumps_between_a_hold_and_its_release(session):
    """Also where the word of the one is longer than the other's."""
    session.open("extra", "?exercise=resisted-plantar-flexion").start()
    session.run(8 + 2)
    held = places_by_size(session)
    session.run(4)

    expect(session.word).to_have_text("Slowly back")
    assert places_by_size(session) == held


def places_by_size(session):
    """Held upright and across."""
    by_size = {}
    for width, height in ((390, 844), (844, 390)):
        session.page.set_viewport_size({"width": width, "height": height})
        by_size[width, height] = places(session)
    return by_size


def places(session):
    parts = [
        session.stage.locator(f".session-{part}") for part in ("art", "main .session-meta", "side", "count", "band")
    ]
    return [{edge: round(at) for edge, at in part.bounding_box().items()} for part in parts]


def test_on_the_way_to_the_wall_and_in_a_rest_heels_are_down(session):
    session.open("extra", "?exercise=toe-walking").start()
    pictures = session.stage.locator(".session-art [data-step=toe-walking]")
    effort, still = pictures.first, pictures.last
    for seconds, (shown, other) in ((1, (still, effort)), (8, (effort, still)), (20, (still, effort))):
        session.run(seconds)
        expect(shown).to_be_visible()
        expect(other).to_be_hidden()


def test_forced_colours_tell_pause_apart_and_without_motion_the_bar_steps(session):
    session.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    session.open("extra", "?exercise=toe-presses").start()
    paint = "(each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]"
    back, pause = (session.page.get_by_role("button", name=name, exact=True) for name in ("Back", "Pause"))
    assert pause.evaluate(paint) == back.evaluate(paint)[::-1]

    session.run(5 + 2)
    assert session.bar() == ("paused", 2)  # by whole seconds


def test_the_cue_stands_under_the_picture_until_it_is_known(session):
    """And not while the stage says the same in large letters."""
    session.open("extra", "?exercise=toe-presses").start()
    told = session.stage.locator(".session-told")
    expect(told).to_have_text("Stand tall. Knees soft.")
    for seconds in (5 + 0.5, 2):
        session.run(seconds)
        expect(told).to_have_text("Grip the floor.")
        expect(told).to_be_visible()
        session.run(4)
        expect(session.word).to_have_text("Let go")
        expect(session.stage.get_by_text("Let go", exact=False).filter(visible=True)).to_have_count(1)
    session.run(2)

    expect(session.rep).to_have_text("3 of 10")
    expect(told).to_be_hidden()


def test_what_moves_is_where_the_clock_is_after_each_tap(session):
    session.open("extra", "?exercise=toe-presses").freeze().start()
    assert (session.drawing(), session.bar()) == (("paused", 0), ("running", 0))
    session.run(5 + 2)
    assert (session.drawing(), session.bar()) == (("running", pytest.approx(0.667 * 6 / 2)), ("running", 2))
    session.run(3)
    assert (session.drawing(), session.bar()) == (("running", pytest.approx(6 * (0.667 + 0.333 / 2))), ("running", 1))
    session.tap("Skip")
    session.run(1)
    assert (session.drawing(), session.bar()) == (("running", pytest.approx(0.667 * 6 / 4)), ("running", 1))
    session.tap("Back")
    assert (session.drawing(), session.bar()) == (("running", 0), ("running", 0))
    session.run(1)
    session.tap("Pause")
    assert session.bar() == ("paused", 1)
    session.run(60)
    session.tap("Carry on")
    assert (session.drawing(), session.bar()) == (("paused", pytest.approx(0.667 * 6 / 4)), ("paused", 1))
    session.run(3 + 1)
    assert (session.drawing(), session.bar()) == (("running", pytest.approx(0.667 * 6 / 2)), ("running", 2))


def test_a_late_look_catches_up(session):
    session.open("extra", "?exercise=toe-presses").freeze().start()
    session.leap(5 + 4 + 2 + 3)

    expect(session.rep).to_have_text("2 of 10")
    expect(session.count).to_have_text("1")
    assert (session.drawing(), session.bar()) == (("running", pytest.approx(0.667 * 6 * 3 / 4)), ("running", 3))


def test_a_rest_made_longer_makes_its_bar_longer(session, alice):
    session.open("extra", "?exercise=toe-walking").freeze().start()
    session.run(2)
    session.tap("Add 10 seconds")
    session.run(1)

    width = "(each) => each.firstElementChild.getBoundingClientRect().width / each.clientWidth"
    assert session.stage.locator(".session-band").evaluate(width) == pytest.approx(1 - 3 / 18, abs=0.02)


def test_a_second_lays_the_stage_out_once_or_twice(session):
    protocol = session.page.context.new_cdp_session(session.page)
    protocol.send("Performance.enable")
    for exercise in ALL_EXERCISES:
        session.open("extra", f"?exercise={exercise}").start()
        session.run(9)
        before = layouts(protocol)
        session.run(6)

        assert layouts(protocol) - before <= 2 * 6, exercise


def layouts(protocol):
    metrics = protocol.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "LayoutCount")
