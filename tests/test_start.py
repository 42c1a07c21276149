"""What a start loads: a phone waits for a restart."""

import subprocess
import sys

from tests.waiting import STARTS

LATER = ("lxml", "openapi_pydantic", "docx", "reportlab", "xlsxwriter")  # few pages need them


def test_a_start_loads_no_library_that_few_pages_need() -> None:
    said = f"import sys, game.app; print([name for name in {LATER} if name in sys.modules])"
    command = [sys.executable, "-c", said]
    done = subprocess.run(command, capture_output=True, text=True, timeout=STARTS, check=True)
    assert done.stdout.strip() == "[]"
