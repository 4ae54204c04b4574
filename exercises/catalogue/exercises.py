"""The four exercises as data: texts, usual doses, sessions.

Source of the routine, cues, mistakes and stop rules: DOMAIN 1 and 2. The texts are marked for translation here,
stored in English and translated when shown.
"""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Entry:
    """One exercise. Its fields have the names of the model's fields; each item of a tuple is one line."""

    slug: str
    name: str
    plain_name: str
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
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    stop_rules: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]

    def fields(self) -> dict:
        """The fields as the model stores them, tuples as lines of text."""
        return {
            name: "\n".join(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if name != "slug"
        }


TOE_PRESSES = Entry(
    slug="toe-presses",
    name=_("Toe presses"),
    plain_name="",
    summary=_("Grip the floor with your toes, then let go."),
    position="standing",
    equipment=_("A firm floor"),
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
        _("Feet rolling outwards."),
        _("Heels lifting off the floor."),
        _("Locked knees."),
        _("Holding your breath."),
    ),
    stop_rules=(
        _("Foot cramp? Ease off and wait."),
        _("Stiff big toe, bunion or hammer toes? Press flat. Do not grip."),
        _("Pain over 5 out of 10? Stop for today."),
    ),
    easier=(
        _("Sit on a chair to do it."),
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
    name=_("Toe walking"),
    plain_name="",
    summary=_("Walk on tiptoe beside a wall or a counter."),
    position="standing",
    equipment=_("A wall or a counter"),
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
        _("Heels sinking."),
        _("Ankles rolling outwards."),
        _("Hurrying, or turning on tiptoe."),
        _("Socks on a smooth floor."),
    ),
    stop_rules=(
        _(
            "Unsteady, or had a fall recently? Do not walk on your toes. "
            "Do heel raises at a counter, or leave this one out."
        ),
        _("Numb feet? Keep your shoes on. Leave this one out."),
        _("Pain in the heel cord or the front of your foot? Stop. Leave this one out."),
        _("Hold on to a wall or a counter. Never use a chair. It can tip."),
    ),
    easier=(
        _("Sit on a chair. Lift both heels, then lower them."),
        _("Stand at a counter. Lift both heels, then lower them."),
        _("Hold on to a counter. March on your toes on the spot."),
        _("Walk for 10 seconds at a time."),
    ),
    harder=(
        _("Let go of the wall. Stay close to it."),
        _("Walk for longer."),
    ),
)

BAND_PRESS = Entry(
    slug="resisted-plantar-flexion",
    name=_("Resisted plantar flexion"),
    plain_name=_("Band press"),
    summary=_("Push a band away with your foot. Come back slowly."),
    position="seated",
    equipment=_("A chair and an exercise band"),
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
        _("The band slipping or snapping back."),
        _("The leg rolling, or the knee bending to help."),
        _("Toes curling under."),
        _("Slumping in the chair."),
    ),
    stop_rules=(
        _("Check the band before each use. Do not use a torn band: it can snap."),
        _("Keep the band away from your face. Never let go of it while it is tight."),
        _("Latex allergy, or does latex make you itch? Use a latex-free band."),
        _("Calf or heel cord hurts? Cramp does not ease? Foot goes numb? Stop for today."),
    ),
    easier=(
        _("Use a towel in place of the band."),
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
    name=_("Ankle circles"),
    plain_name="",
    summary=_("Draw slow, wide circles with your big toe."),
    position="lying",
    equipment=_("A mat or a bed"),
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
        _("Draw slow, wide circles with your big toe for 10 seconds."),
        _("Then circle the other way for 10 seconds."),
        _("Switch legs and do the same."),
    ),
    cues=(
        _("Move only your ankle."),
        _("Draw one round, slow circle after another."),
        _("Rest the leg whenever you need to."),
    ),
    mistakes=(_("The whole leg swinging."), _("Fast, jerky circles.")),
    stop_rules=(
        _("Dizzy or short of breath when you lie flat? Do this one on a chair."),
        _("More than 16 weeks pregnant? Do not lie flat. Do this one on a chair."),
        _("Get up slowly. Roll to your side. Sit. Wait. Then stand."),
    ),
    easier=(
        _("Sit on a chair and lift one foot."),
        _("Make the circles smaller."),
    ),
    harder=(
        _("Hold the leg up without your hands."),
        _("Write the alphabet with your big toe."),
    ),
)

CATALOGUE = (TOE_PRESSES, TOE_WALKING, BAND_PRESS, ANKLE_CIRCLES)
