"""The forms of the first questions, one for each card. No answer is needed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exercises.forms.settings import NOT_OFFERED
from exercises.models import Site
from exercises.pages.first_questions import NO, WAYS, YES

NO_PLAN = _("Please choose one of the plans.")
NOT_ANSWERS = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}


def _several(choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, required=False, error_messages=NOT_ANSWERS)


class PlacesForm(forms.Form):
    places = _several(Site.choices)


class SafetyForm(forms.Form):
    """DOMAIN 2, rules for all: each of these needs a professional first."""

    so = _several(
        [
            ("numb", _("My feet are numb")),
            ("sore", _("I have an open sore on a foot")),
            ("hurt", _("I was hurt, had surgery or fell")),
            ("told", _("I was told not to exercise")),
        ]
    )


class WaysForm(forms.Form):
    """The ways to do three of the exercises."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in WAYS:
            choices = [(YES, pgettext_lazy("answer", "Yes")), (NO, pgettext_lazy("answer", "Rather not"))]
            self.fields[question] = forms.ChoiceField(choices=choices, required=False, error_messages=NOT_ANSWERS)


class AmountForm(forms.Form):
    """The plan. `names` are those to choose from."""

    def __init__(self, data: Any, names: Iterable[str]) -> None:
        super().__init__(data)
        errors = {"required": NO_PLAN, "invalid_choice": NO_PLAN}
        self.fields["plan"] = forms.ChoiceField(choices=[(name, name) for name in names], error_messages=errors)
