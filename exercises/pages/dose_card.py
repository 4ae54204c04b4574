"""What a plan asks of one exercise, in words. No queries."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exercises.models import SESSION_SLOTS, Prescription
from exercises.pages import wording


@dataclass(frozen=True)
class DoseCard:
    asked: Prescription

    @property
    def slug(self) -> str:
        return self.asked.exercise.slug

    @property
    def name(self) -> str:
        return self.asked.name

    @property
    def drawing(self) -> str:
        return self.asked.drawing

    @property
    def dose_text(self) -> str:
        return wording.dose_text(self.asked.dose, self.asked.variant_data)

    @property
    def place_text(self) -> str:
        """ "Standing · 3 sessions", or "Standing · morning and evening"."""
        names = [str(slot.label).lower() for slot in self.asked.slots]
        if len(names) == len(SESSION_SLOTS):
            sessions = ngettext("%(count)d session", "%(count)d sessions", len(names)) % {"count": len(names)}
        else:
            sessions = get_text_list(names, pgettext("between two sessions", "and")) or _("not in your plan")
        return f"{self.asked.position_label} · {sessions}"
