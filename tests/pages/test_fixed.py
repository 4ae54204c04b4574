"""Parts of a page that are rendered once: they are never out of date, and never another user's."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override


def shown(page, **context):
    return page.render(Context(context))


def test_a_fixed_part_sees_nothing_of_the_page_but_what_it_names():
    page = Template("{% fixed exercise=exercise %}{{ exercise }} of {{ user|default:'nobody' }}{% endfixed %}")

    assert shown(page, exercise="toe-presses", user="alice") == "toe-presses of nobody"


def test_a_fixed_part_is_rendered_once():
    page, asked = Template("{% fixed day=day %}{{ day.ask }}{% endfixed %}"), []
    day = type("Day", (), {"ask": lambda _: asked.append(1) or "asked"})()

    assert [shown(page, day=day), shown(page, day=day)] == ["asked", "asked"]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),  # equal in Python, and not on a page
        (mark_safe("<b>"), "<b>"),  # of two equal texts one is to be escaped
        ("morning", "evening"),
        (None, ""),
    ],
)
def test_another_value_is_another_part(one, other):
    page = Template("{% fixed value=value %}{{ value }}{% endfixed %}")
    plain = Template("{{ value }}")

    assert [shown(page, value=each) for each in (one, other)] == [shown(plain, value=each) for each in (one, other)]


def test_a_fixed_part_speaks_the_language_of_the_page():
    page = Template("{% fixed %}{% get_current_language as language %}{{ language }}{% endfixed %}")
    spoken = []
    for language in ("en", "de", "en"):
        with override(language):
            spoken.append(shown(page))

    assert spoken == ["en", "de", "en"]


@pytest.mark.parametrize("given", ["day", "filled day", "day=day only", "filled day=day more"])
def test_a_fixed_part_takes_named_values_only(given):
    with pytest.raises(TemplateSyntaxError, match="name=value, not "):
        Template("{% fixed " + given + " %}{% endfixed %}")


def test_what_is_filled_in_is_asked_for_each_time_and_the_rest_once():
    page = Template(
        "{% fixed day=day filled name=name token=token %}{{ day.ask }}, {{ name }} {{ token }}{% endfixed %}"
    )
    asked = []
    day = type("Day", (), {"ask": lambda _: asked.append(1) or "asked"})()

    assert [shown(page, day=day, name=name, token=7) for name in ("alice", "bob")] == ["asked, alice 7", "asked, bob 7"]
    assert len(asked) == 1


@pytest.mark.parametrize("value", ["<script>", mark_safe("<b>"), None, 1234.5, "", "\\1 {{ name }}"])
def test_what_is_filled_in_looks_as_anywhere_else(value):
    page = Template("{% fixed filled name=name %}{{ name }}|{{ name }}{% endfixed %}")

    assert shown(page, name=value) == shown(Template("{{ name }}|{{ name }}"), name=value)


def test_what_is_filled_in_may_stand_in_an_address_and_as_the_token():
    page = Template(
        "{% fixed filled uuid=uuid csrf_token=token %}{% url 'undo_set' uuid %}{% csrf_token %}{% endfixed %}"
    )

    for uuid, token in ((uuid4(), "one"), (uuid4(), "other")):
        assert shown(page, uuid=uuid, token=token).startswith(f"/sets/{uuid}/undo/<input")
        assert f'value="{token}"' in shown(page, uuid=uuid, token=token)


def test_what_a_template_is_indented_by_is_not_sent():
    page = Template("{% fixed filled name=name %}<p>\n    {{ name }}\n\n  two  words\n</p>{% endfixed %}")

    assert shown(page, name="a\n  note") == "<p>\na\n  note\ntwo  words\n</p>"


def test_what_is_kept_of_a_part_has_a_bound():
    page = Template("{% fixed n=n %}{{ n }}{% endfixed %}")
    texts = [shown(page, n=n) for n in range(1200)]

    assert texts == [str(n) for n in range(1200)]
    assert len(page.nodelist[0].kept) <= 500


def test_of_long_parts_fewer_are_kept():
    page = Template("{% fixed n=n %}{{ n }}" + "a whole chart " * 1000 + "{% endfixed %}")
    for n in range(100):
        shown(page, n=n)

    kept = page.nodelist[0].kept.values()
    assert 0 < sum(len(text) for texts, _ in kept for text in texts) <= 200_000


TEMPLATES = settings.BASE_DIR / "templates"
PART = re.compile(r"{% fixed(?P<named>.*?)%}(?P<body>.*?){% endfixed %}", re.DOTALL)
TAG = re.compile(r"{[{%]\s*(.*?)\s*[}%]}", re.DOTALL)
REMARK = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
INCLUDED = re.compile(r'{% include "([^"]+)"(.*?)%}')
MADE = re.compile(r"(\w+)=|\bas (\w+)|\bfor (\w+)(?:, (\w+))?(?:, (\w+))?")
LOOKED_UP = re.compile(r"(?<![\w.|-])[a-z_]\w*(?![\w=])")
WORDS = re.compile(
    "if|elif|else|endif|for|endfor|empty|in|not|and|or|is|as|with|only|count|load|url|include|static|translate|context|plural|"
    "endwith|fixed|endfixed|forloop|trimmed|blocktranslate|endblocktranslate|htmx_script|get_current_language|get_current_language_bidi"
)
OPTIONAL = {"crop"}  # shared/_drawing.html takes it when a drawing must fill its frame


def looked_up(body, named=frozenset()):
    """The names that a piece of a template asks for and does not make itself, with those of what it includes."""
    asked, made, body = set(), set(named), REMARK.sub("", body)
    for tag in TAG.findall(body):
        plain = re.sub(r'"[^"]*"|\'[^\']*\'', "", tag)
        made |= {name for names in MADE.findall(plain) for name in names if name}
        asked |= {name for name in LOOKED_UP.findall(plain) if not WORDS.fullmatch(name)}
    for path, given in INCLUDED.findall(body):
        if path.endswith(".html"):
            made_here = made | {name for names in MADE.findall(given) for name in names if name}
            asked |= looked_up((TEMPLATES / path).read_text(), made_here)
    return asked - made - OPTIONAL


def test_a_fixed_part_names_all_that_it_looks_up():
    """What it does not name is empty there, and nothing would tell."""
    parts = [(file, part) for file in TEMPLATES.rglob("*.html") for part in PART.finditer(file.read_text())]
    forgotten = {
        f"{file.name}: {part['named'].strip()}": names
        for file, part in parts
        if (names := looked_up(part["body"], re.findall(r"(\w+)=", part["named"])))
    }

    assert len(parts) > 30
    assert forgotten == {}
