"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import PurePath

import pytest
import yaml

from tests.conftest import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg", ".txt"})
SOURCES = sorted(
    path
    for folder in ("footcare", "exercises", "templates", "static", "tests", "tools", "bin")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ""}
)
PURE = sorted((ROOT / "exercises" / "rules").glob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
MANY = {"exercises/migrations", "static/js"}  # more than 40 files: the second until its modules are in folders
TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) ([\w$]+)", re.MULTILINE)
INLINE = re.compile(r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:""", re.IGNORECASE)


def test_no_file_is_too_long_to_find_ones_way():
    assert [path for path in SOURCES if len(path.read_text().splitlines()) > 300] == []


def test_no_folder_has_more_than_40_files():
    files = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    counts = Counter(str(PurePath(file).parent) for file in files)

    assert [folder for folder, count in counts.items() if count > 40 and folder not in MANY] == []


def test_no_test_module_imports_another():
    """What two of them need is in tests/support."""
    imports = re.compile(r"^\s*(?:from|import) .*\btest_", re.MULTILINE)

    assert [path.name for path in TESTS if imports.search(path.read_text())] == []


def test_the_name_of_a_test_has_at_most_70_characters():
    names = re.compile(r"^ *def (test_\w{66,})\(", re.MULTILINE)

    assert [name for path in TESTS for name in names.findall(path.read_text())] == []


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_the_rules_know_nothing_but_the_standard_library(path):
    tree = ast.parse(path.read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    others = {module for module in imported if not module.startswith("exercises.rules.")}
    assert {module.partition(".")[0] for module in others} <= sys.stdlib_module_names


def test_no_template_carries_what_the_content_security_policy_forbids():
    assert [(path.name, hit[0]) for path in TEMPLATES for hit in INLINE.finditer(path.read_text())] == []


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


def test_the_tests_that_security_md_names_are_there():
    named = re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", (ROOT / "SECURITY.md").read_text())
    missing = [
        (path, name) for path, name in named if (f"def {name}(" if name else "") not in (ROOT / path).read_text()
    ]

    assert named
    assert missing == []


def test_the_readme_names_every_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "footcare" / "settings.py").read_text()))
    named = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))

    assert read | {"PORT"} == named


def test_what_is_deployed_is_set_by_names_that_are_read():
    read = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert set(compose["app-1"]["environment"]) <= read
    assert example <= read | {"DOMAIN", "POSTGRES_PASSWORD"}


def test_the_tests_that_the_page_on_reliability_names_are_there():
    named = set(re.findall(r"tests/[\w/]+\.py", (ROOT / "docs" / "reliability.md").read_text()))

    assert named
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_modules_import_each_other_by_their_hashed_names(static_files):
    """The pattern that does already in use from a private name of Django: this notices when it goes away."""
    modules = [path for path in (static_files / "js").glob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    line = re.compile(r'(?:from|import)\s*"(\./.+)";')
    imported = [(path.parent / name) for path in modules for name in line.findall(path.read_text())]

    assert imported
    assert [path for path in imported if path not in modules] == []


@pytest.mark.parametrize("entry", ["app.js", "session.js", "visitor.js"])
def test_the_list_of_modules_is_whole_and_in_order(entry):
    """Collected as one file: a module that is not listed, or too late, would only be missed when it is called."""
    folder = ROOT / "static" / "js"
    listed = re.findall(r'^import "\./(.+)";$', (folder / entry).read_text(), re.MULTILINE)
    needed = {name: re.findall(r'from "\./(.+)";', (folder / name).read_text()) for name in listed}

    assert listed
    late = [(name, other) for name in listed for other in needed[name] if other not in listed[: listed.index(name)]]
    assert late == []

    names = [name for path in listed for name in TOP_NAME.findall((folder / path).read_text())]
    assert sorted(names) == sorted(set(names))


def test_the_stylesheet_is_one_file(static_files):
    (stylesheet,) = (static_files / "css").glob("footcare.????????????.css")

    assert "@import" not in stylesheet.read_text()
    assert "@layer" in stylesheet.read_text()
