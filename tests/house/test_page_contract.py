"""The data attributes and events through which templates and scripts talk, held to docs/page-contract.md."""

import re
from functools import cache

import pytest

from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "page-contract.md").read_text()
NO_ATTRIBUTE = re.compile(r"\{#.*?#\}|class=\"[^\"]*\"")
TEMPLATES = {path: NO_ATTRIBUTE.sub("", path.read_text()) for path in (ROOT / "templates").rglob("*.html")}
STYLES = {path: path.read_text() for path in (ROOT / "static" / "css").rglob("*.css")}
COMMENT = re.compile(r'/\*.*?\*/|(?<![:"])//[^\n"]*$', re.DOTALL | re.MULTILINE)
MODULES = {path: path.read_text() for path in (ROOT / "exercises").rglob("*.py")}
SCRIPTS = {path: COMMENT.sub("", path.read_text()) for path in (ROOT / "static" / "js").rglob("*.js")}
ATTRIBUTE = re.compile(r"(?<![\w-])data-([a-z]+(?:-[a-z]+)*-?)")
SETTING = re.compile(r"(?:set|toggle)Attribute\(\"data-([a-z-]+)\"|Object\.assign\([^,]*\.dataset, \{([^}]*)\}")
LISTS = re.compile(r"for \(const type of (\[[^\]]*\])")


@cache
def in_script(code):
    """`data-then-focus` in a selector, `dataset.thenFocus`, `"thenFocus" in x.dataset`, or taken out of a `dataset`.

    What a script only sets is left out.
    """
    code = SETTING.sub("", code)
    parts = [part for parts in re.findall(r"\{([^{}]*)\} = [^;]*\bdataset;", code) for part in parts.split(",")]
    camels = re.findall(r"\bdataset\.(\w+)(?! = )\b", code) + re.findall(r'"(\w+)" in [\w.]+\.dataset', code)
    return set(ATTRIBUTE.findall(code)) | {kebab(name.partition(":")[0].strip()) for name in camels + parts}


@cache
def set_by_script(code):
    found = SETTING.findall(code)
    assigned = set(re.findall(r"\bdataset\.(\w+) = ", code))
    parts = {part.partition(":")[0].strip() for _name, pairs in found for part in pairs.split(",") if part}
    return {name for name, _pairs in found if name} | set(map(kebab, assigned | parts))


@cache
def in_style(sheet):
    return set(re.findall(r"(?:\[|attr\()data-([a-z-]+)", sheet))


def in_scripts():
    return set().union(*map(in_script, SCRIPTS.values()))


def set_by_scripts():
    return set().union(*map(set_by_script, SCRIPTS.values()))


def in_styles():
    return set().union(*map(in_style, STYLES.values()))


def in_templates():
    """Also those of form fields. `data-at-morning`, `data-at-extra` count as one: `at-`."""
    fields = re.findall(r'"data-([a-z-]+)"', "".join(MODULES.values()))
    names = {name for text in TEMPLATES.values() for name in ATTRIBUTE.findall(text)} | set(fields)
    return {"at-" if name.startswith("at-") else name for name in names}


def named(path, folder):
    """A file as the document names it."""
    return str(path.relative_to(ROOT / folder))


def setters(name):
    """The templates, scripts and form fields that set an attribute."""
    found = re.compile(rf"(?<![\w-])data-{name}(?![a-z-])" if name != "at-" else r"(?<![\w-])data-at-")
    templates = {named(path.with_suffix(""), "templates") for path, text in TEMPLATES.items() if found.search(text)}
    scripts = {named(path, "static/js") for path, code in SCRIPTS.items() if name in set_by_script(code)}
    fields = {named(path, ".") for path, code in MODULES.items() if f'"data-{name}"' in code}
    return templates | scripts | fields


def readers(name):
    """The scripts and stylesheets that read an attribute."""
    scripts = {named(path, "static/js") for path, code in SCRIPTS.items() if name in in_script(code)}
    return scripts | {path.name for path, sheet in STYLES.items() if name in in_style(sheet)}


def kebab(camel):
    return re.sub(r"[A-Z]", lambda hit: f"-{hit[0].lower()}", camel)


def dispatched():
    sending = re.compile(r'(?:new CustomEvent|dispatch|dispatchElsewhere|postMessage)\("([a-z:]+)"')
    return {name for text in SCRIPTS.values() for name in sending.findall(text)} - {"htmx:abort"}


def listened_for():
    listening = re.compile(r'(?:addEventListener|\[how\])\("((?:\w+:\w+|fact))"')
    names = {name for text in SCRIPTS.values() for name in listening.findall(text)}
    listed = "".join(each for text in SCRIPTS.values() for each in LISTS.findall(text))
    triggers = [each for text in TEMPLATES.values() for each in re.findall(r'hx-trigger="([^"]*)"', text)]
    first_words = {each.split()[0] for trigger in triggers for each in trigger.split(",")}
    names |= set(re.findall(r'"(\w+:\w+)"', listed)) | {name for name in first_words if ":" in name}
    return {name for name in names if not name.startswith("htmx:")}


def test_each_event_dispatched_is_listened_for_and_each_heard_is_sent():
    assert dispatched() == listened_for()


def test_the_document_lists_exactly_these_attributes_and_events():
    attributes = [name.replace("*", "") for name in re.findall(r"^\| `data-([a-z*-]+)` \|", DOCUMENT, re.MULTILINE)]
    events = re.findall(r"^\| `((?!data-)[a-z:]+)` \|", DOCUMENT, re.MULTILINE)

    assert attributes == sorted(in_templates() | in_scripts() | set_by_scripts() | in_styles())
    assert sorted(events) == sorted(dispatched())


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`([\w-]+/[\w-]+\.js)`", DOCUMENT))))
def test_the_document_names_modules_that_are_there(module):
    assert (ROOT / "static" / "js" / module).is_file()


def test_the_document_names_all_that_set_and_all_that_read_each_attribute():
    """An attribute that nobody sets or nobody reads has an empty cell there, which is no name of a file."""
    rows = re.findall(r"^\| `data-([a-z*-]+)` \| ([^|]*) \| ([^|]*) \|", DOCUMENT, re.MULTILINE)
    names = [(name.replace("*", ""), setting, reading) for name, setting, reading in rows]

    assert {name: in_cell(setting) for name, setting, _ in names} == {name: setters(name) for name, _, _ in names}
    assert {name: in_cell(reading) for name, _, reading in names} == {name: readers(name) for name, _, _ in names}


def in_cell(text):
    return set(text.replace("`", "").split(", "))
