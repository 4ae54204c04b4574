"""Static files with hashed names, bundles, and imports rewritten to the hashed names."""

import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS = ("css/footcare.css", "css/guided.css", "css/library.css", "css/plan-page.css")
STYLE_IMPORT = re.compile(r'@import url\("(?P<file>[\w-]+\.css)"\);')
ENTRIES = ("js/app.js", "js/session.js", "js/visitor.js")
MODULE_IMPORT = re.compile(r'^import (?:[^;"]* from )?"(?P<path>\.\.?/[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=async|class|const|function|let)", re.MULTILINE)
NO_BUNDLE = re.compile(r'^(?:export (?:default|[{*]).*|import [^;"]*(?:\*| as )[^;]*;)', re.MULTILINE)
TOP_NAMES = re.compile(
    r"^(?:export )?(?:async )?(?:class|const|function|let) (?:\{(?P<parts>[^}]*)\}|(?P<name>[\w$]+))", re.MULTILINE
)
# On lines of their own, and at the ends of others where nothing after them can be part of a text.
COMMENT = re.compile(r"^[ ]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n|[ ]+// [^\n\"'`]*$", re.MULTILINE | re.DOTALL)

Read = Callable[[str], str]


class BundleError(Exception):
    """These modules cannot be joined in one file; the message names them and says why."""


def bundle(entry: str, read: Read) -> str:
    """One script in place of `entry` and all modules that it needs. `read` returns the text of a module by its name.

    A file has one top level, so no two modules of a bundle may use one name there, and no import may rename anything.
    """
    sources = {name: read(name) for name in modules_of(entry, read)}
    users: dict[str, list[str]] = {}
    for module, source in sources.items():
        if unfit := NO_BUNDLE.search(source):
            raise BundleError(f"{module} cannot be part of a bundle because of this line: {unfit[0]}")
        for name in top_names(source):
            users.setdefault(name, []).append(module)
    for name, modules in users.items():
        if len(modules) > 1:
            raise BundleError(
                f"{' and '.join(modules)} both use the name {name} at their top, in the bundle of {entry}."
            )
    return "".join(EXPORT.sub("", MODULE_IMPORT.sub("", source)) for source in sources.values())


def modules_of(entry: str, read: Read) -> list[str]:
    """The names of all modules that `entry` needs, each once and after all that it imports; `entry` is the last."""
    ordered: list[str] = []

    def visit(module: str, importers: list[str]) -> None:
        if module in importers:
            circle = [*importers[importers.index(module) :], module]
            raise BundleError(f"These modules import each other in a circle: {', '.join(circle)}.")
        if module not in ordered:
            for imported in imports_of(module, read(module)):
                visit(imported, [*importers, module])
            ordered.append(module)

    visit(entry, [])
    return ordered


def imports_of(module: str, source: str) -> list[str]:
    """The names of the modules that this one imports, in the order of its lines."""
    folder = posixpath.dirname(module)
    return [posixpath.normpath(posixpath.join(folder, line["path"])) for line in MODULE_IMPORT.finditer(source)]


def top_names(source: str) -> list[str]:
    """The names that a module declares at its top; `const { a, b: c } = d` declares `a` and `c`."""
    lines = [(line["name"] or line["parts"]).split(",") for line in TOP_NAMES.finditer(source)]
    return [part.partition("=")[0].rpartition(":")[2].strip() for part in chain.from_iterable(lines) if part.strip()]


class FootcareStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with four additions.

    * `import` lines of our own modules get the hashed names. Django's switch for all modules breaks on files of other
      apps, so its pattern is used for our folder only (tests/house/test_house.py guards it). `*` covers subfolders.
    * A stylesheet that is a list of imports becomes one file: one request instead of ten.
    * Each entry in static/js becomes one file with all modules that it needs (`bundle`).
    * Comments are left out of these files: they are a fifth of the weight.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            joins = dict.fromkeys(STYLESHEETS, self._join_styles) | dict.fromkeys(ENTRIES, bundle)
            texts = {
                name: COMMENT.sub("", join(name, lambda each: self._source(paths, each)))
                for name, join in joins.items()
                if name in paths
            }
            for name, text in texts.items():
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
            paths = paths | {name: (self, name) for name in texts}
        yield from super().post_process(paths, dry_run, **options)

    @staticmethod
    def _join_styles(listed: str, read: Read) -> str:
        return STYLE_IMPORT.sub(lambda line: read(f"css/{line['file']}"), read(listed))

    @staticmethod
    def _source(paths: dict[str, Any], name: str) -> str:
        if name not in paths:
            raise BundleError(f"{name} is imported, but there is no such file.")
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()
