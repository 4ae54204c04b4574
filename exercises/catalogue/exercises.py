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
        _("Share your weight evenly over both feet."),
        _("Let go all the way each time."),
    ),
    mistakes=(
        _("Rolling to the outside of the foot."),
        _("Heels lift off the floor."),
        _("Knees lock."),
        _("Holding your breath."),
    ),
    stop_rules=(
        _("Your foot cramps. Ease off and wait."),
        _("A stiff big toe, a bunion or hammer toes hurt. Press flat instead of gripping."),
        _("Pain goes over 5 out of 10."),
    ),
    easier=(
        _("Sit on a chair to do it."),
        _("Hold for 2 seconds."),
        _("Do 5 in a row."),
    ),
    harder=(
        _("Stand on one leg, near a wall."),
        _("Put a towel on the floor. Pull it in with your toes."),
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
    midday=False,
    steps=(
        _("Stand beside a wall or a counter. Clear the floor."),
        _("Rest one hand on the wall."),
        _("Rise high onto your toes."),
        _("Take small, slow steps. Look ahead."),
        _("Lower your heels to rest, and before you turn."),
    ),
    cues=(
        _("Reach up with the top of your head."),
        _("Keep your weight over the big and second toe."),
        _("Keep one hand near the wall."),
    ),
    mistakes=(
        _("Heels sink."),
        _("Ankles roll out."),
        _("Hurrying, or turning on tiptoe."),
        _("Socks on a smooth floor."),
    ),
    stop_rules=(
        _("You feel unsteady, or you fell lately. Do heel raises at the counter, or leave this one out."),
        _("Your feet are numb. Keep your shoes on and leave this one out."),
        _("The heel cord or the front of the foot hurts."),
        _("Never lean on a chair. It can tip."),
    ),
    easier=(
        _("Sit on a chair. Lift both heels, then lower them."),
        _("Stand at a counter. Lift both heels, then lower them."),
        _("March on your toes on the spot. Hold on to the counter."),
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
    summary=_("Point your foot into a band, then come back slowly."),
    position="seated",
    equipment=_("A chair and an exercise band"),
    effort="hold",
    sides=2,
    order=3,
    reps=15,
    effort_seconds=5,
    pause_seconds=2,
    midday=False,
    steps=(
        _("Sit upright. Stretch one leg straight out and rest the heel."),
        _("Put the band round the ball of the foot. Cover the toes too."),
        _("Hold both ends and take up the slack."),
        _("Push the band away, slowly. Hold."),
        _("Come back slowly. After the last one, change legs."),
    ),
    cues=(
        _("Push the band away, as if onto a pedal."),
        _("Keep the knee straight and still."),
        _("Come back as slowly as you went."),
    ),
    mistakes=(
        _("The band slips or snaps back."),
        _("The leg rolls, or the knee bends to help."),
        _("Toes claw."),
        _("Slumping in the chair."),
    ),
    stop_rules=(
        _("Look at the band before each use. A torn band can snap."),
        _("Keep the band away from your face. Never let go while it is tight."),
        _("Latex makes you itch? Use a band without latex."),
        _("The calf or the heel cord hurts, a cramp stays, or the foot goes numb."),
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
    midday=True,
    steps=(
        _("Lie on your back. Raise one leg, as high as feels easy."),
        _("Hold behind the thigh if you like."),
        _("Draw slow, wide circles with your big toe for 10 seconds."),
        _("Then circle the other way for 10 seconds."),
        _("Change legs and do the same."),
    ),
    cues=(
        _("Let only the ankle move."),
        _("Draw one round, slow circle after another."),
        _("Rest the leg whenever you need to."),
    ),
    mistakes=(_("The whole leg swings."), _("Fast, jerky circles.")),
    stop_rules=(
        _("Dizzy or short of breath when lying flat? Sit on a chair for this one."),
        _("More than 16 weeks pregnant? Sit on a chair for this one."),
        _("Get up slowly: roll to the side, sit, wait, then stand."),
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
