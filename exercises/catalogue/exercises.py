"""The four exercises as data: texts, usual doses, sessions.

Source of the routine, cues, mistakes and stop rules: DOMAIN 1 and 2. The texts are marked for translation here,
stored in English and translated when shown.
"""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_noop as _

from exercises.catalogue.marking import pgettext


@dataclass(frozen=True)
class Entry:
    """One exercise. Its fields have the names of the model's fields; each item of a tuple is one line."""

    slug: str
    name: str
    full_name: str
    summary: str
    position: str
    equipment: str
    effort: str
    sides: int
    order: int
    reps: int
    effort_seconds: int
    pause_seconds: int
    ready_seconds: int
    switch_seconds: int
    midday: bool
    steps: tuple[str, ...]
    stop_rules: tuple[str, ...]
    cues: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()

    def fields(self) -> dict:
        """The fields as the model stores them, tuples as lines of text."""
        return {
            name: "\n".join(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if name != "slug"
        }


TOE_PRESSES = Entry(
    slug="toe-presses",
    name=pgettext("exercise", "Toe presses"),
    full_name="",
    summary=_("Grip the floor with your toes, then let go."),
    position="standing",
    equipment=pgettext("equipment", "A firm floor"),
    effort="hold",
    sides=1,
    order=1,
    reps=10,
    effort_seconds=4,
    pause_seconds=2,
    ready_seconds=3,
    switch_seconds=5,
    midday=True,
    steps=(
        _("Stand tall in bare feet. Keep your knees soft."),
        _("Feel the floor under your heel, big toe and little toe."),
        _("Press your toes down. Then grip the floor with them."),
        _("Hold, and keep breathing."),
        _("Let go fully before the next one."),
    ),
    cues=(
        _("Keep your toes long as you press."),
        _("Put the same weight on both feet."),
        _("Let go all the way each time."),
    ),
    mistakes=(
        pgettext("mistake", "Feet rolling outwards."),
        pgettext("mistake", "Heels lifting off the floor."),
        pgettext("mistake", "Locked knees."),
        pgettext("mistake", "Holding your breath."),
    ),
    stop_rules=(
        _("Foot cramp? Ease off and wait."),
        _("Numb feet? Keep your shoes on. Ask a doctor or physio first."),
        _("Stiff big toe, bunion or hammer toes? Press flat. Do not grip."),
        _("Heel pain today? Press lightly, or sit down to do it."),
    ),
    easier=(
        _("Hold for 2 seconds."),
        _("Do 5 in a row."),
    ),
    harder=(
        _("Stand on one leg, near a wall."),
        _("Put a towel on the floor. Pull it towards you with your toes."),
    ),
)

TOE_WALKING = Entry(
    slug="toe-walking",
    name=pgettext("exercise", "Toe walking"),
    full_name="",
    summary=_("Walk on tiptoe beside a wall or a counter."),
    position="standing",
    equipment=pgettext("equipment", "A wall or a counter"),
    effort="walk",
    sides=1,
    order=2,
    reps=6,
    effort_seconds=20,
    pause_seconds=10,
    ready_seconds=8,
    switch_seconds=5,
    midday=False,
    steps=(
        _("Stand beside a wall or a counter. Clear the floor."),
        _("Keep one hand on the wall or counter."),
        _("Rise high onto your toes."),
        _("Take small, slow steps. Look ahead."),
        _("Lower your heels before you rest or turn."),
    ),
    cues=(
        _("Reach up with the top of your head."),
        _("Keep your weight over the big and second toe."),
        _("Keep your hand on the wall or counter."),
    ),
    mistakes=(
        pgettext("mistake", "Heels sinking."),
        pgettext("mistake", "Ankles rolling outwards."),
        pgettext("mistake", "Hurrying, or turning on tiptoe."),
        pgettext("mistake", "Socks on a smooth floor."),
    ),
    stop_rules=(
        _(
            "Unsteady, or had a fall recently? Do not walk on your toes. "
            "Do heel raises at a counter, or leave this one out."
        ),
        _("Numb feet? Do not walk on your toes. Do heel raises at a counter, with shoes on."),
        _("Heel cord or front of the foot hurts? Stop. Leave this one out."),
        _("Need to hold on? Use a wall or a counter, never a chair. A chair can tip."),
    ),
    easier=(_("Walk for 10 seconds at a time."),),
    harder=(
        _("Let go of the wall. Stay close to it."),
        _("Walk for longer."),
    ),
)

BAND_PRESS = Entry(
    slug="resisted-plantar-flexion",
    name=pgettext("exercise", "Band press"),
    full_name=pgettext("exercise", "Resisted plantar flexion"),
    summary=_("Push a band away with your foot. Come back slowly."),
    position="seated",
    equipment=pgettext("equipment", "A chair and an exercise band"),
    effort="hold",
    sides=2,
    order=3,
    reps=15,
    effort_seconds=5,
    pause_seconds=2,
    ready_seconds=8,
    switch_seconds=10,
    midday=False,
    steps=(
        _("Sit upright. Stretch one leg out. Rest the heel on the floor."),
        _("Put the band round the ball of the foot. Cover the toes too."),
        _("Hold both ends. Pull until the band is just tight."),
        _("Push the band away, slowly. Hold."),
        _("Come back slowly. After the last one, switch legs."),
    ),
    cues=(
        _("Push the band away, as if onto a pedal."),
        _("Keep the knee straight and still."),
        _("Come back as slowly as you went."),
    ),
    mistakes=(
        pgettext("mistake", "The band slipping or snapping back."),
        pgettext("mistake", "The leg rolling, or the knee bending to help."),
        pgettext("mistake", "Toes curling under."),
        pgettext("mistake", "Slumping in the chair."),
    ),
    stop_rules=(
        _("Calf or heel cord hurts, cramp stays, or foot goes numb? Stop for today."),
        _("Band cracked or torn? Do not use it. It can snap. Check it each time."),
        _("Band tight? Never let go of it. Keep it away from your face."),
        _("Latex makes you itch? Use a latex-free band, or a towel."),
    ),
    easier=(
        _("Take a lighter band."),
        _("Hold for 2 or 3 seconds."),
        _("Do 8 with each leg."),
    ),
    harder=(
        _("Take the next stronger band."),
        _("Do a few more with each leg."),
    ),
)

ANKLE_CIRCLES = Entry(
    slug="ankle-circles",
    name=pgettext("exercise", "Ankle circles"),
    full_name="",
    summary=_("Draw slow, wide circles with your big toe."),
    position="lying",
    equipment=pgettext("equipment", "A mat or a bed"),
    effort="circle",
    sides=2,
    order=4,
    reps=2,
    effort_seconds=10,
    pause_seconds=1,
    ready_seconds=3,
    switch_seconds=5,
    midday=True,
    steps=(
        _("Lie on your back. Raise one leg, as high as feels easy."),
        _("Hold behind the thigh if you like."),
        _("Draw slow, wide circles with your big toe."),
        _("Then circle the other way."),
        _("Switch legs and do the same."),
    ),
    cues=(
        _("Move only your ankle."),
        _("Draw one round, slow circle after another."),
        _("Rest the leg whenever you need to."),
    ),
    mistakes=(pgettext("mistake", "The whole leg swinging."), pgettext("mistake", "Fast, jerky circles.")),
    stop_rules=(
        _("Dizzy or short of breath when you lie flat? Do this one on a chair."),
        _("More than 16 weeks pregnant? Do not lie flat. Do this one on a chair."),
        _("Getting up? Take your time. Roll to your side. Sit. Wait. Then stand."),
    ),
    easier=(_("Make the circles smaller."), _("Circle for 5 seconds each way.")),
    harder=(
        _("Hold the leg up without your hands."),
        _("Write the alphabet with your big toe."),
    ),
)

# These hold for every exercise, in every way to do it. Pages show them below its own stop rules.
STOP_RULES_OF_ALL = (
    _("Pain over 5 out of 10? Stop for today."),
    _("Open sore on your foot? Do not start."),
    _("Chest pain, dizzy or very short of breath? Stop. Get help now."),
)

CATALOGUE = (TOE_PRESSES, TOE_WALKING, BAND_PRESS, ANKLE_CIRCLES)
