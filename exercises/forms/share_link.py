"""The form that makes a share link."""

from django import forms
from django.utils.translation import gettext_lazy

from exercises.forms.settings import NOT_OFFERED, choice_field
from exercises.pages.report import WEEKS


class LinkForm(forms.Form):
    """What the link shows, and how many days it works."""

    weeks = choice_field([(weeks, weeks) for weeks in WEEKS], gettext_lazy("Weeks to show"), coerce=int, initial=8,
                    widget=forms.RadioSelect)  # fmt: skip
    days = choice_field([(days, days) for days in (7, 30, 90)], gettext_lazy("Days the link works"), coerce=int,
                   initial=30, widget=forms.RadioSelect)  # fmt: skip
    notes = forms.BooleanField(label=gettext_lazy("Include my notes"), required=False)

    def clean_notes(self) -> bool:
        """Django takes any value as ticked; here only "on" counts."""
        if self.data.get("notes", "on") != "on":
            raise forms.ValidationError(NOT_OFFERED)
        return "notes" in self.data
