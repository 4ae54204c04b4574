"""The forms of the first questions, one for each card. No answer is needed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.forms.settings import NOT_OFFERED, SitesField
from exercises.models import Site
from exercises.pages.first_questions import NO, WAYS, YES

NO_PLAN = _("Please choose one of the plans.")
NOT_ANSWERS = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}
SAFETY = ("numb", "sore", "hurt", "told")  # DOMAIN 2, rules for all: each of these needs a professional first


class PlacesForm(forms.Form):
    places = SitesField(choices=Site.choices, required=False, error_messages=NOT_ANSWERS)


class SafetyForm(forms.Form):
    so = forms.MultipleChoiceField(
        choices=[(each, each) for each in SAFETY], required=False, error_messages=NOT_ANSWERS
    )


class WaysForm(forms.Form):
    """The ways to do three of the exercises."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in WAYS:
            choices = [(YES, YES), (NO, NO)]
            self.fields[question] = forms.ChoiceField(choices=choices, required=False, error_messages=NOT_ANSWERS)


class AmountForm(forms.Form):
    """The plan. `names` are those to choose from."""

    def __init__(self, data: Any, names: Iterable[str]) -> None:
        super().__init__(data)
        errors = {"required": NO_PLAN, "invalid_choice": NO_PLAN}
        self.fields["plan"] = forms.ChoiceField(choices=[(name, name) for name in names], error_messages=errors)
