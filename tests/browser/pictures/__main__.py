"""`python -m tests.browser.pictures [FOLDER] [ONLY]`: ONLY is sought in surface and screen."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from game.base.languages import LANGS
from tests.browser.conftest import QUIET
from tests.browser.pictures.camera import Camera
from tests.browser.pictures.sheet import Shot, sheet
from tests.browser.pictures.whole import Whole


def take(folder: Path, only: str, lang: str) -> tuple[list[Shot], bool]:
    """All pictures of one language, in a world of its own; and was any state not reached?"""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        world = Whole(Path(home), lang)
        try:
            world.complete()
            camera = Camera(browser, world, folder, only)
            camera.all()
        finally:
            world.end()
            browser.close()
        for missed in camera.missed:
            print(f"not reached: {missed}", file=sys.stderr)
        return camera.shots, bool(camera.missed)


def one(folder: Path, only: str, lang: str) -> None:
    """A language's own process: takes its pictures, and leaves what it took beside them."""
    shots, is_lacking = take(folder, only, lang)
    told = [shot._asdict() for shot in shots]
    (folder / f"{lang}.json").write_text(json.dumps(told), encoding="utf-8")
    if is_lacking:
        sys.exit(1)


def gathered(folder: Path) -> list[Shot]:
    """What each language's process took."""
    shots: list[Shot] = []
    for file in (folder / f"{lang}.json" for lang in LANGS):
        if file.exists():
            shots += [Shot(**shot) for shot in json.loads(file.read_text(encoding="utf-8"))]
            file.unlink()
    return shots


def all_languages(folder: Path, only: str) -> None:
    """A process a language, side by side; then the page that shows what each took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.browser.pictures", str(folder), only]
    started = [subprocess.Popen([*command, lang]) for lang in LANGS]
    failed = [lang for lang, process in zip(LANGS, started, strict=True) if process.wait()]
    shots = gathered(folder)
    (folder / "index.html").write_text(sheet(shots), encoding="utf-8")
    over = sum(bool(shot.over) for shot in shots)
    print(f"{folder / 'index.html'}: {len(shots)} pictures, {over} hang over")
    if failed:
        sys.exit(f"not all were taken: {', '.join(failed)}")


def main() -> None:
    """With a language behind folder and ONLY, that language's part of it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "pictures")
    only = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("ONLY", "")
    if len(sys.argv) > 3:
        one(folder, only, sys.argv[3])
    else:
        all_languages(folder, only)


if __name__ == "__main__":
    main()
