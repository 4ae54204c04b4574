"""The documents name tests as proof of what they say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_test_that_a_document_names_is_there(document):
    assert [named for named in NAMED.findall(document.read_text()) if not _is_there(*named)] == []


def _is_there(file, name):
    path = ROOT / file
    return path.is_file() and (not name or f"def {name}(" in path.read_text())
