"""Static files: hashed names that never change their content, one stylesheet, module imports that find their files."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/footcare.css"
IMPORT = re.compile(r'@import url\("(?P<file>[\w-]+\.css)"\);')


class FootcareStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, and two things it does not do.

    * `import` lines of our own modules are rewritten to the hashed names. Django's switch for all modules
      breaks on files of other apps, so its pattern is taken for our folder only (tests/test_house.py guards it).
    * The stylesheet, in the source a list of imports, is collected as one file: one request instead of ten.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not dry_run:
            self._gather(*paths[STYLESHEET])
            paths = paths | {STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _gather(self, source_storage: Any, source_path: str) -> None:
        """Collect the stylesheet with the imported files in the places of their imports."""
        with source_storage.open(source_path) as file:
            listed = file.read().decode()
        gathered = IMPORT.sub(lambda line: self._text(f"css/{line['file']}"), listed)
        self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(gathered.encode()))

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
