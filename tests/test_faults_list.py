"""The list of faults that were mended names tests that are there."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LINES = (TESTS.parent / "docs" / "faults.md").read_text().splitlines()
ROWS = [line.split("|")[2].strip() for line in LINES if line.startswith("| ")][1:]
NAMED = [row for row in ROWS if "::" in row]


@pytest.mark.parametrize("row", NAMED)
def test_a_test_that_is_named_exists(row: str) -> None:
    text = ""
    for path, name in re.findall(r"([a-z_/]+\.py)?(?:::(test_\w+))?", row):
        text = (TESTS / path).read_text() if path else text
        if name:
            assert f"def {name}(" in text, name
