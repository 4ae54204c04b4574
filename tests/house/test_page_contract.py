"""The data attributes and events through which templates and scripts talk, held to docs/page-contract.md."""

import re

import pytest

from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "page-contract.md").read_text()
TEMPLATES = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
STYLES = "".join(path.read_text() for path in (ROOT / "static" / "css").rglob("*.css"))
COMMENT = re.compile(r'/\*.*?\*/|(?<![:"])//[^\n"]*$', re.DOTALL | re.MULTILINE)
SCRIPTS = {path: COMMENT.sub("", path.read_text()) for path in (ROOT / "static" / "js").rglob("*.js")}
ATTRIBUTE = re.compile(r"(?<![\w-])data-([a-z]+(?:-[a-z]+)*-?)")
LISTS = re.compile(r"for \(const type of (\[[^\]]*\])")


def in_scripts():
    """`data-then-focus` in a selector, `dataset.thenFocus`, `"thenFocus" in x.dataset`, or taken out of a `dataset`."""
    code = "\n".join(SCRIPTS.values())
    parts = [part for parts in re.findall(r"\{([^{}]*)\} = [^;]*\bdataset;", code) for part in parts.split(",")]
    camels = re.findall(r"\bdataset\.(\w+)", code) + re.findall(r'"(\w+)" in [\w.]+\.dataset', code)
    return set(ATTRIBUTE.findall(code)) | {kebab(name.partition(":")[0].strip()) for name in camels + parts}


def in_templates():
    """Also those of form fields. `data-at-morning`, `data-at-extra` count as one: `at-`."""
    texts = [re.sub(r"\{#.*?#\}|class=\"[^\"]*\"", "", text) for text in TEMPLATES.values()]
    fields = re.findall(r'"data-([a-z-]+)"', "".join(path.read_text() for path in (ROOT / "exercises").rglob("*.py")))
    names = {name for text in texts for name in ATTRIBUTE.findall(text)} | set(fields)
    return {"at-" if name.startswith("at-") else name for name in names}


def setters(name):
    """The templates that set an attribute, as the document names them."""
    found = re.compile(rf"(?<![\w-])data-{name}(?![a-z-])" if name != "at-" else r"(?<![\w-])data-at-")
    texts = {path: re.sub(r"\{#.*?#\}|class=\"[^\"]*\"", "", text) for path, text in TEMPLATES.items()}
    return {
        str(path.relative_to(ROOT / "templates").with_suffix("")) for path, text in texts.items() if found.search(text)
    }


def set_by_scripts():
    setting = r"(?:set|toggle)Attribute\(\"data-([a-z-]+)\"|Object\.assign\([^,]*\.dataset, \{([^}]*)\}"
    found = [hit for text in SCRIPTS.values() for hit in re.findall(setting, text)]
    assigned = {name for text in SCRIPTS.values() for name in re.findall(r"\bdataset\.(\w+) = ", text)}
    parts = {part.partition(":")[0].strip() for _name, pairs in found for part in pairs.split(",") if part}
    return {name for name, _pairs in found if name} | set(map(kebab, assigned | parts))


def in_styles():
    return set(re.findall(r"\[data-([a-z-]+)", STYLES))


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


def test_each_attribute_that_a_script_names_is_set_somewhere():
    assert in_scripts() - in_templates() - set_by_scripts() == set()


@pytest.mark.parametrize("name", sorted(in_templates() | set_by_scripts()))
def test_each_attribute_that_is_set_is_read(name):
    assert name in in_scripts() | in_styles()


def test_each_event_dispatched_is_listened_for_and_each_heard_is_sent():
    assert dispatched() == listened_for()


def test_the_document_lists_exactly_these_attributes_and_events():
    attributes = {name.replace("*", "") for name in re.findall(r"^\| `data-([a-z*-]+)` \|", DOCUMENT, re.MULTILINE)}
    events = set(re.findall(r"^\| `((?!data-)[a-z:]+)` \|", DOCUMENT, re.MULTILINE))

    assert attributes == in_templates() | in_scripts() | set_by_scripts()
    assert events == dispatched()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`([\w-]+/[\w-]+\.js)`", DOCUMENT))))
def test_the_document_names_modules_that_are_there(module):
    assert (ROOT / "static" / "js" / module).is_file()


def test_the_document_names_the_templates_that_set_each_attribute():
    rows = dict(re.findall(r"^\| `data-([a-z*-]+)` \| ([^|]*) \|", DOCUMENT, re.MULTILINE))
    named = {
        name.replace("*", ""): {part for part in row.split(", ") if part and "`" not in part}
        for name, row in rows.items()
    }

    assert named == {name: setters(name) for name in named}
