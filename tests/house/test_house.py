"""Rules of the house that no linter knows."""

import re
import subprocess
from collections import Counter
from pathlib import Path, PurePath

import pytest
import yaml

from footcare.static_storage import ENTRIES, BundleError, bundle, imports_of, modules_of, top_names
from tests.conftest import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg", ".txt"})
SOURCES = sorted(
    path
    for folder in ("footcare", "exercises", "templates", "static", "tests", "tools", "bin")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ""}
    if path.parent.name != "migrations"  # Django writes those
)
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
INLINE = re.compile(r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:""", re.IGNORECASE)


def test_no_file_is_too_long_to_find_ones_way():
    assert [path for path in SOURCES if len(path.read_text().splitlines()) > 300] == []


def test_no_folder_has_more_than_40_files():
    files = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    counts = Counter(str(PurePath(file).parent) for file in files)

    assert [folder for folder, count in counts.items() if count > 40] == []


def test_no_test_module_imports_another():
    """What two of them need is in tests/support."""
    imports = re.compile(r"^\s*(?:from|import) .*\btest_", re.MULTILINE)

    assert [path.name for path in TESTS if imports.search(path.read_text())] == []


def test_the_name_of_a_test_has_at_most_70_characters():
    names = re.compile(r"^ *def (test_\w{66,})\(", re.MULTILINE)

    assert [name for path in TESTS for name in names.findall(path.read_text())] == []


def test_no_template_carries_what_the_content_security_policy_forbids():
    """A mail is under no policy, and may fetch no stylesheet."""
    pages = [path for path in TEMPLATES if path.parent.name != "mail"]

    assert [(path.name, hit[0]) for path in pages for hit in INLINE.finditer(path.read_text())] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_registry_and_hashes_every_package(lock):
    text = (ROOT / lock).read_text()

    assert not re.search(r"://|index-url|find-links", text)
    assert re.findall(r"^\S+==\S+.*(?<! \\)$", text, re.MULTILINE) == []


def test_both_locks_agree():
    runtime, development = (
        set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in ("requirements.txt", "requirements-dev.txt")
    )

    assert runtime <= development


def test_the_tests_that_the_security_pages_and_decisions_name_are_there():
    docs = ROOT / "docs"
    pages = [ROOT / "SECURITY.md", *(docs / "security").glob("*.md"), *(docs / "decisions").glob("*.md")]
    named = re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", "".join(page.read_text() for page in pages))
    missing = [
        (path, name) for path, name in named if (f"def {name}(" if name else "") not in (ROOT / path).read_text()
    ]

    assert named
    assert missing == []


def test_the_readme_names_every_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "footcare" / "settings.py").read_text()))
    named = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))

    assert read | {"PORT", "PGPASSWORD"} == named


def test_what_is_deployed_is_set_by_names_that_are_read():
    read = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert set(compose["app-1"]["environment"]) <= read
    assert example <= read | {"DOMAIN", "POSTGRES_PASSWORD"}
    assert example - {"DOMAIN", "POSTGRES_PASSWORD"} <= set(compose["app-1"]["environment"])


def test_the_tests_that_the_page_on_reliability_names_are_there():
    named = set(re.findall(r"tests/[\w/]+\.py", (ROOT / "docs" / "reliability.md").read_text()))

    assert named
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_modules_import_each_other_by_their_hashed_names(static_files):
    """The pattern that does it is taken from a private name of Django: this notices when it goes away."""
    modules = [path for path in (static_files / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    line = re.compile(r'(?:from|import)\s*"(\.\.?/.+)";')
    imported = [(path.parent / name).resolve() for path in modules for name in line.findall(path.read_text())]

    assert {path.parent for path in imported} > {static_files / "js" / "lib", static_files / "js" / "outbox"}
    assert [path for path in imported if path not in modules] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_bundle_has_each_module_once_and_after_what_it_imports(entry):
    modules = modules_of(entry, module_text)
    imports = [(name, other) for name in modules for other in imports_of(name, module_text(name))]

    assert len(modules) == len(set(modules))
    assert {other for _name, other in imports} == set(modules[:-1])
    assert [pair for pair in imports if modules.index(pair[0]) < modules.index(pair[1])] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_bundle_stands_alone_and_holds_all_its_modules(entry, static_files):
    (collected,) = (static_files / "js").glob(f"{Path(entry).stem}.????????????.js")
    text = collected.read_text()

    assert not re.search(r"^(?:import|export)\b", text, re.MULTILINE)
    names = [name for module in modules_of(entry, module_text) for name in top_names(module_text(module))]
    assert names
    assert [name for name in top_names(text) if name not in names] == []
    assert sorted(names) == sorted(top_names(text))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"js/a.js": 'import "./lib/b.js";\n', "js/lib/b.js": 'import { a } from "../a.js";\n'},
            "These modules import each other in a circle: js/a.js, js/lib/b.js, js/a.js.",
        ),
        (
            {"js/a.js": 'import "./b.js";\nlet day;\n', "js/b.js": "export const { hour, today: day } = read();\n"},
            "js/b.js and js/a.js both use the name day at their top, in the bundle of js/a.js.",
        ),
        (
            {"js/a.js": 'import { day as today } from "./b.js";\n', "js/b.js": "export const day = 1;\n"},
            'js/a.js cannot be part of a bundle because of this line: import { day as today } from "./b.js";',
        ),
    ],
    ids=["circle", "same name", "renamed import"],
)
def test_modules_that_cannot_be_joined_are_named(files, sentence):
    with pytest.raises(BundleError) as raised:
        bundle("js/a.js", files.__getitem__)

    assert str(raised.value) == sentence


def test_each_module_is_loaded_by_a_page_or_by_another_module():
    pages = [*TEMPLATES, ROOT / "templates" / "sw.js"]
    named = {name for page in pages for name in re.findall(r"js/[\w/-]+\.js", page.read_text())}
    loaded = {module for name in named for module in modules_of(name, module_text)}

    assert loaded == {str(path.relative_to(ROOT / "static")) for path in (ROOT / "static" / "js").rglob("*.js")}


def module_text(name):
    return (ROOT / "static" / name).read_text()


def test_the_stylesheet_is_one_file(static_files):
    (stylesheet,) = (static_files / "css").glob("footcare.????????????.css")

    assert "@import" not in stylesheet.read_text()
    assert "@layer" in stylesheet.read_text()
