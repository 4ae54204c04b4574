"""Static files with hashed names, bundles, and imports rewritten to the hashed names."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS = ("css/footcare.css", "css/guided.css")
IMPORT = re.compile(r'@import url\("(?P<file>[\w-]+\.css)"\);')
MODULES = ("js/app.js", "js/session.js", "js/visitor.js")
MODULE = re.compile(r'^import "\./(?P<file>[\w-]+\.js)";$', re.MULTILINE)
COMMENT = re.compile(r"^[ ]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
IMPORT_OR_EXPORT = re.compile(r"^(?:import [^;]*;\n|export )", re.MULTILINE)


class FootcareStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with four additions.

    * It rewrites `import` lines in our own modules to the hashed names. Django's switch for all modules breaks on files
      of other apps, so its pattern applies to our folder only (tests/house/test_house.py guards it).
    * It bundles a stylesheet that is a list of imports into one file: one request instead of ten.
    * It bundles the modules of the three entries alike. An entry lists its modules in order, and no two modules of a
      bundle share a top-level name.
    * It removes comments on lines of their own, a fifth of the size of such a file.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            gathered = dict.fromkeys(STYLESHEETS, self._gather_styles) | dict.fromkeys(MODULES, self._gather_modules)
            for list_of_files, gather in gathered.items():
                if list_of_files in paths:
                    self._replace(list_of_files, gather(self._source(*paths[list_of_files])))
                    paths = paths | {list_of_files: (self, list_of_files)}
        yield from super().post_process(paths, dry_run, **options)

    def _gather_styles(self, listed: str) -> str:
        return COMMENT.sub("", IMPORT.sub(lambda line: self._source(self, f"css/{line['file']}"), listed))

    def _gather_modules(self, listed: str) -> str:
        gathered = MODULE.sub(lambda line: IMPORT_OR_EXPORT.sub("", self._source(self, f"js/{line['file']}")), listed)
        return COMMENT.sub("", gathered)

    def _source(self, storage: Any, path: str) -> str:
        with storage.open(path) as file:
            return file.read().decode()

    def _replace(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
