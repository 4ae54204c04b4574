"""A toe stretch and a foot massage, as data. The coach guides them, and they never count.

They are not in the database: no plan has them, and no set of them is recorded.
"""

from django.utils.translation import gettext_noop as _

from exercises.catalogue.exercises import Entry
from exercises.catalogue.marking import pgettext

UNFIT_FEET = _("Numb feet, an open sore or a new injury? Leave this one out.")

TOE_STRETCH = Entry(
    slug="toe-stretch",
    name=pgettext("exercise", "Toe stretch"),
    full_name="",
    summary=_("Bend your toes up against a wall, one foot at a time."),
    position="seated",
    equipment=pgettext("equipment", "A chair and a wall"),
    effort="hold",
    sides=2,
    order=1,
    reps=2,
    effort_seconds=20,
    pause_seconds=5,
    ready_seconds=8,
    switch_seconds=8,
    midday=False,
    steps=(
        _("Sit on a chair that faces a wall. Take off your shoes."),
        _("Rest one heel on the floor. Put the toes up on the wall."),
        _("Slide the foot forward until you feel a gentle pull."),
        _("Hold, and keep breathing. Then switch feet."),
    ),
    stop_rules=(
        _("Stiff or sore big toe? Leave this one out."),
        UNFIT_FEET,
    ),
)

FOOT_MASSAGE = Entry(
    slug="foot-massage",
    name=pgettext("exercise", "Foot massage"),
    full_name="",
    summary=_("Roll a ball under your foot."),
    position="seated",
    equipment=pgettext("equipment", "A chair and a tennis ball"),
    effort="hold",
    sides=2,
    order=2,
    reps=2,
    effort_seconds=25,
    pause_seconds=5,
    ready_seconds=8,
    switch_seconds=8,
    midday=False,
    steps=(
        _("Sit on a chair. Put a ball under one foot."),
        _("Roll it slowly from the heel to the toes and back."),
        _("Press only as hard as feels good. Then switch feet."),
        _("Put the ball away before you stand up."),
    ),
    stop_rules=(
        _("Do not stand on the ball. You could fall."),
        UNFIT_FEET,
    ),
)

CARE = (TOE_STRETCH, FOOT_MASSAGE)
