"""Every page and screen is sound HTML, in each language."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.base.languages import LANGS
from tests.browser.screens import World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("screens"))
    yield made
    made.end()


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_valid_html(world: World, tmp_path: Path, lang: str) -> None:
    world.speak(lang)
    asked = [*world.pages()]
    asked += [
        (world.staff.http, path) for s in ("phone", "projector") for path in world.previews(s)
    ]
    for number, (http, path) in enumerate(asked):
        got = http.get(world.server.url + path, headers={"Accept-Language": lang})
        drawn = set(re.findall(r'href="#((?:icon|shape)-[a-z]+)"', got.text))
        assert drawn <= set(re.findall(r'<symbol id="([a-z-]+)"', got.text)), path
        name = f"{number}{path.replace('/', '_')}.html"
        (tmp_path / name).write_text(got.text, encoding="utf-8")
    (tmp_path / ".htmlvalidate.json").write_text((ROOT / ".htmlvalidate.json").read_text())
    checker = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
    command = ["bash", ".ci/node", "node", str(checker), "--formatter", "text", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
