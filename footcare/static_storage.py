"""Static files: hashed names that never change their content, lists in one piece, imports that find their files."""

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
    """WhiteNoise's storage, and four things it does not do.

    * `import` lines of our own modules are rewritten to the hashed names. Django's switch for all modules
      breaks on files of other apps, so its pattern is taken for our folder only (tests/house/test_house.py guards it).
    * A stylesheet that is a list of imports is collected as one file: one request instead of ten.
    * So are the modules of every page, those of a session and those of a visitor: a list is in order, and no two of its
      modules use a name at their top for two things.
    * Comments on lines of their own stay behind: they are a fifth of what such a file weighs.
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
