"""`make lighthouse`: what Lighthouse, as a phone, says of the pages that people meet first.

The door, the game's page in an open round, and a contact's own page: each has at least LEAST of
100 in every category. The contact's page is kept from search engines on purpose; the one audit
that wants the opposite is left out there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import requests

from tests.browser.screens import World
from tests.privacy.test_papers import FACTS

LEAST = 95
FLAGS = "--headless=new --no-sandbox --disable-gpu"
PRIVATE = "is-crawlable"


class Visit(NamedTuple):
    """A page: what it is called, where it is, who asks, and what it is spared."""

    name: str
    url: str
    http: requests.Session
    spared: str = ""


def visits(world: World) -> list[Visit]:
    """The three pages, in a world that has them."""
    staff, url, code = world.staff, world.server.url, world.workshop["code"]
    staff.post("/law/company", FACTS)
    staff.post("/law/notice/publish", {}, "/law/notice")
    lead = f"/desk/leads/{world.lead_ids[0]}"
    found = re.search(r"http\S+/contact/[\w.-]+", staff.post(f"{lead}/link", {}, lead).text)
    assert found, "a lead has no private page"
    return [
        Visit("join", f"{url}/{code}", requests.Session()),
        Visit("play", f"{url}/{code}", world.phone.http),
        Visit("contact", found[0], requests.Session(), PRIVATE),
    ]


def told(command: list[str], visit: Visit, folder: Path) -> dict[str, object]:
    """What Lighthouse says of a page, whole."""
    file, headers = folder / f"{visit.name}.json", folder / "headers.json"
    cookie = "; ".join(f"{one.name}={one.value}" for one in visit.http.cookies)
    headers.write_text(json.dumps({"Cookie": cookie, "Accept-Language": "fr"}))
    spared = [f"--skip-audits={visit.spared}"] if visit.spared else []
    chosen = [f"--output-path={file}", f"--extra-headers={headers}", *spared]
    asked = [*command, visit.url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}", *chosen]
    subprocess.run(asked, check=True)
    found: dict[str, object] = json.loads(file.read_text())
    return found


def scores(report: dict[str, object]) -> dict[str, int]:
    """Of each category, of 100."""
    categories: dict[str, dict[str, float]] = report["categories"]  # type: ignore[assignment]
    return {name: round(100 * (one["score"] or 0)) for name, one in categories.items()}


def lost(report: dict[str, object]) -> list[str]:
    """The audits that cost points."""
    audits: dict[str, dict[str, object]] = report["audits"]  # type: ignore[assignment]
    counted = [one for one in audits.values() if one["scoreDisplayMode"] in ("binary", "numeric")]
    low = [one for one in counted if (one["score"] or 0) < 0.9]  # type: ignore[operator]
    return [f"  {one['id']}: {one['title']} {one.get('displayValue', '')}" for one in low]


def main() -> None:
    """`python -m tests.browser.lighthouse COMMAND…`, where COMMAND starts Lighthouse."""
    names = ("chromium", "chromium-browser", "google-chrome")
    os.environ["CHROME_PATH"] = next(filter(None, map(shutil.which, names)))
    low = False
    with tempfile.TemporaryDirectory() as home:
        world = World(Path(home))
        try:
            for visit in visits(world):
                report = told(sys.argv[1:], visit, Path(home))
                found = scores(report)
                print(visit.name, *(f"{name} {score}" for name, score in found.items()), sep="  ")
                print(*lost(report), sep="\n")
                low = low or min(found.values()) < LEAST
        finally:
            world.end()
    sys.exit(low)


if __name__ == "__main__":
    main()
