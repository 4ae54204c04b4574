"""How to do each variant: its summary, steps, cues, mistakes, stop rules, and what makes it easier or harder.

The same texts of the standard variants are in exercises.py. Source: DOMAIN 2. Each stop rule is a sign and an order:
"Foot cramp? Ease off and wait."
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from exercises.catalogue.marking import pgettext


@dataclass(frozen=True)
class Instructions:
    """Its fields have the names of those of Exercise; each item of a tuple is one line."""

    summary: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    stop_rules: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of one field, not translated."""
        return getattr(self, name)


FIRM_CHAIR = _("Chair rolls or slips? Use one that stands firm.")
NUMB_FEET = _("Numb feet? Keep your shoes on. Ask a doctor or physio first.")
CRAMP = _("Cramp in the foot or calf? Ease off and wait.")
SORE_FOOT = _("Heel cord or front of the foot hurts? Stop. Leave this one out.")
COUNTER_ONLY = _("Need to hold on? Use a counter, never a chair. A chair can tip.")
BOTH_HANDS = _("Hold on to it with both hands.")
SLUMPING = pgettext("mistake", "Slumping in the chair.")
ROLLING = pgettext("mistake", "Ankles rolling outwards.")
DROPPING = pgettext("mistake", "Dropping your heels fast.")
SOCKS = pgettext("mistake", "Socks on a smooth floor.")

SEATED_PRESSES = Instructions(
    summary=_("Sit on a chair. Grip the floor with your toes, then let go."),
    steps=(
        _("Sit upright in bare feet. Put both feet flat."),
        _("Bring your feet under your knees."),
        _("Press your toes down. Then grip the floor with them."),
        _("Hold, and keep breathing."),
        _("Let go fully before the next one."),
    ),
    cues=(
        _("Keep your toes long as you press."),
        _("Press equally hard with both feet."),
        _("Let go all the way each time."),
    ),
    mistakes=(
        pgettext("mistake", "Feet rolling outwards."),
        pgettext("mistake", "Heels lifting off the floor."),
        SLUMPING,
        pgettext("mistake", "Holding your breath."),
    ),
    stop_rules=(
        _("Foot cramp? Ease off and wait."),
        NUMB_FEET,
        _("Stiff big toe, bunion or hammer toes? Press flat. Do not grip."),
        _("Heel pain today? Press lightly."),
        FIRM_CHAIR,
    ),
    easier=(_("Hold for 2 seconds."), _("Do 5 in a row."), _("Press less hard.")),
    harder=(_("Put a towel on the floor. Pull it towards you with your toes."),),
)

HEEL_RAISES = Instructions(
    summary=_("Hold on to a counter. Lift both heels, then lower them slowly."),
    steps=(
        _("Stand at a counter. Clear the floor."),
        BOTH_HANDS,
        _("Lift both heels, slowly."),
        _("Lower them just as slowly. Then lift again."),
        _("When the rest comes, keep your heels down."),
    ),
    cues=(
        _("Reach up with the top of your head."),
        _("Keep your weight over the big and second toe."),
        _("Keep both hands on the counter."),
    ),
    mistakes=(DROPPING, ROLLING, pgettext("mistake", "Pulling yourself up with your arms."), SOCKS),
    stop_rules=(
        _("Unsteady even at the counter? Do heel raises on a chair."),
        NUMB_FEET,
        SORE_FOOT,
        COUNTER_ONLY,
    ),
    easier=(_("Lift your heels a little less."), _("Do 10 seconds at a time.")),
    harder=(_("Stay up a little longer each time."), _("Do each round for longer.")),
)

SEATED_HEEL_RAISES = Instructions(
    summary=_("Sit on a chair. Lift both heels, then lower them slowly."),
    steps=(
        _("Sit upright. Put both feet flat."),
        _("Bring your feet under your knees."),
        _("Lift both heels. Keep your toes on the floor."),
        _("Lower them slowly. Then lift again."),
        _("When the rest comes, keep your heels down."),
    ),
    cues=(
        _("Lift both heels equally high."),
        _("Press down with the big and second toe."),
        _("Lower your heels as slowly as you lifted them."),
    ),
    mistakes=(DROPPING, ROLLING, pgettext("mistake", "Rocking your body to help."), SLUMPING),
    stop_rules=(
        CRAMP,
        NUMB_FEET,
        SORE_FOOT,
        FIRM_CHAIR,
    ),
    easier=(_("Lift one heel, then the other."), _("Do 10 seconds at a time.")),
    harder=(_("Do each round for longer."),),
)

MARCHING = Instructions(
    summary=_("Hold on to a counter. March on your toes on the spot."),
    steps=(
        _("Stand at a counter. Clear the floor."),
        BOTH_HANDS,
        _("Rise high onto your toes."),
        _("March on the spot with small, slow steps."),
        _("Lower your heels before you rest."),
    ),
    cues=(
        _("Reach up with the top of your head."),
        _("Lift each foot just off the floor."),
        _("Keep both hands on the counter."),
    ),
    mistakes=(
        pgettext("mistake", "Heels sinking."),
        ROLLING,
        pgettext("mistake", "Marching fast."),
        SOCKS,
    ),
    stop_rules=(
        _("Unsteady, or had a fall recently? Do not march. Do heel raises, or leave this one out."),
        _("Numb feet? Do not march. Do heel raises, with shoes on."),
        SORE_FOOT,
        COUNTER_ONLY,
    ),
    easier=(_("March for 10 seconds at a time."),),
    harder=(_("March for longer."),),
)

TOWEL_PRESS = Instructions(
    summary=_("Push a towel away with your foot. Come back slowly."),
    steps=(
        _("Sit upright. Stretch one leg out. Rest the heel on the floor."),
        _("Put the towel round the ball of the foot. Cover the toes too."),
        _("Hold both ends. Pull until the towel is just tight."),
        _("Push the towel away, slowly. Let it give a little. Hold."),
        _("Come back slowly. After the last one, switch legs."),
    ),
    cues=(
        _("Push the towel away, as if onto a pedal."),
        _("Keep the knee straight and still."),
        _("Come back as slowly as you went."),
    ),
    mistakes=(
        pgettext("mistake", "The towel slipping off the foot."),
        pgettext("mistake", "The leg rolling, or the knee bending to help."),
        pgettext("mistake", "Toes curling under."),
        SLUMPING,
    ),
    stop_rules=(
        _("Calf or heel cord hurts, cramp stays, or foot goes numb? Stop for today."),
        _("Towel tight? Do not let go all at once."),
        FIRM_CHAIR,
    ),
    easier=(_("Push less hard."), _("Hold for 2 or 3 seconds."), _("Do 8 with each leg.")),
    harder=(_("Hold the towel tighter."), _("Do a few more with each leg.")),
)

SEATED_CIRCLES = Instructions(
    summary=_("Sit on a chair. Draw slow, wide circles with your big toe."),
    steps=(
        _("Sit upright. Lift your left foot off the floor."),
        _("Hold under the thigh if you like."),
        _("Draw slow, wide circles with your big toe."),
        _("Then circle the other way."),
        _("Put the foot down. Lift the right foot and do the same."),
    ),
    cues=(
        _("Move only your ankle."),
        _("Draw one round, slow circle after another."),
        _("Put your foot down whenever you need to."),
    ),
    mistakes=(
        pgettext("mistake", "The whole leg swinging."),
        pgettext("mistake", "Fast, jerky circles."),
        SLUMPING,
    ),
    stop_rules=(
        CRAMP,
        _("Thigh or hip hurts? Put the foot down. Lift it less next time."),
        FIRM_CHAIR,
    ),
    easier=(_("Make the circles smaller."), _("Circle for 5 seconds each way.")),
    harder=(_("Stretch the leg out as you circle."), _("Write the alphabet with your big toe.")),
)
