"""What a process keeps of the words of a page is kept by language. German is a language that Django brings."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.utils.translation import get_language, override

from exercises.models import variant
from exercises.pages import today_words

LANGUAGES = ("en", "de", "en")
TEXT = "{{ day|date('l') }} {{ _('Today') }}"
MACRO = "{% macro heading(day) %}" + TEXT + "{% endmacro %}{{ heading(day) }}"


def in_each(act):
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = act()
    return found


@pytest.mark.parametrize("text", [TEXT, MACRO], ids=["page", "macro"])
@pytest.mark.parametrize("asked", [True, False], ids=["page", "mail"])
def test_a_text_is_in_the_language_of_its_request(rf, text, asked):
    request = rf.get("/") if asked else None
    if request:
        request.user = AnonymousUser()
    template = engines["jinja2"].from_string(text)

    found = in_each(lambda: template.render({"day": date(2026, 11, 20)}, request))

    assert found == {"en": "Friday Today", "de": "Freitag Heute"}


def test_an_exercise_has_its_name_of_each_language(monkeypatch):
    monkeypatch.setattr(variant, "pgettext", lambda _context, message: message.replace("Toes", get_language()))

    assert in_each(lambda: variant.name_of("toe-presses", "Toes", "")) == {"en": "en", "de": "de"}


def test_the_words_of_today_are_of_its_language(monkeypatch):
    monkeypatch.setattr(today_words, "_", lambda _message: get_language())

    assert in_each(lambda: today_words.today_words(101)["ring"]) == {"en": "en", "de": "de"}
