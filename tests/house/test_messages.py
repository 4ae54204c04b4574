"""What a translator gets: a message of one or two words says nothing without its context."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).parents[2]
# What marks a message in Python, and how many strings of it come before the message: one where there is a context.
MARKS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip
JINJA = Environment(extensions=["jinja2.ext.i18n"])
SHORT = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?[.:?!]?")
# Names are the same in every language.
NAMES = {"Footcare"}


def of_python(text: str) -> Iterator[tuple[str, str]]:
    """Each message of a module with its context, which may be empty."""
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name not in MARKS:
            continue
        strings = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        message = strings[MARKS[name]] if len(strings) > MARKS[name] else None
        if isinstance(message, str):
            yield message, strings[0] if MARKS[name] and isinstance(strings[0], str) else ""


def of_template(text: str) -> Iterator[tuple[str, str]]:
    """Each message of a template with its context, which may be empty."""
    for _line, function, found in JINJA.extract_translations(text):
        strings = [each for each in (found if isinstance(found, tuple) else (found,)) if each]
        context = strings.pop(0) if MARKS[function] else ""
        for message in strings:
            yield message, context


def all_messages() -> Iterator[tuple[str, str, str]]:
    """File, message and context of everything that is marked for translation."""
    for folder, ends, read in (
        ("templates", ("html", "txt", "js"), of_template),
        ("exercises", ("py",), of_python),
        ("footcare", ("py",), of_python),
    ):
        for end in ends:
            for path in sorted((ROOT / folder).rglob(f"*.{end}")):
                for message, context in read(path.read_text()):
                    yield str(path.relative_to(ROOT)), message, context


def test_a_message_of_one_or_two_words_has_a_context():
    bare = [
        f"{where}: {message}"
        for where, message, context in all_messages()
        if not context and SHORT.fullmatch(message) and message not in NAMES
    ]
    assert not bare, "\n".join(bare)


def test_the_collector_finds_messages_and_their_contexts():
    assert list(of_python('pgettext("stage", "Rest"); _("Rest"); ngettext("set", "sets", 2); _(name)')) == [
        ("Rest", "stage"), ("Rest", ""), ("set", "")
    ]  # fmt: skip
    template = (
        '{{ pgettext("stage", "Rest") }}{# {{ _("no") }} #}{% set all = _("All") %}'
        '{% trans "count" n=n %}set{% pluralize %}sets{% endtrans %}'
    )
    assert list(of_template(template)) == [("Rest", "stage"), ("All", ""), ("set", "count"), ("sets", "count")]
    assert len(list(all_messages())) > 900
