"""Languages are said once: a further one is a folder of translations and one of content."""

import re
from pathlib import Path

import pytest
import requests

from game.base import languages, paths
from tests.serving import LONG, Server

ROOT = Path(__file__).parent.parent
SAID = re.compile(r"""["']fr["'], *\(?["']en["']|any\(fr, en\)|["'>](English|Français)["'<]""")
FILES = [
    *(f for f in (ROOT / "game").rglob("*.py") if "migrations" not in f.parts),
    *(ROOT / "templates").rglob("*.html"),
]


def test_a_folder_is_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("en", "de", "messages", "__pycache__"):
        (tmp_path / name).mkdir()
    (tmp_path / "it").write_text("no folder")
    monkeypatch.setattr(paths, "translations", lambda: tmp_path)
    assert languages._found() == ("fr", "de", "en")


def test_each_is_called_by_its_own_name() -> None:
    assert languages.NAMES == {"fr": "Français", "en": "English"}
    assert [languages.lang_of(asked) for asked in ("en", "xx", None, 3)] == ["en", "fr", "fr", "fr"]


def test_nobody_else_lists_them() -> None:
    assert [file for file in FILES if SAID.search(file.read_text())] == []


def test_the_other_language_is_a_click_away(server: Server) -> None:
    http = requests.Session()
    shown = http.get(f"{server.url}/sign-in", timeout=LONG).text
    ways = re.findall(r'action="(/lang/\w+)"', shown)
    assert ways == ["/lang/en"]
    again = http.post(f"{server.url}{ways[0]}", timeout=LONG)
    assert again.ok
    assert 'lang="en"' in http.get(f"{server.url}/sign-in", timeout=LONG).text
    assert http.post(f"{server.url}/lang/xx", timeout=LONG).status_code < 500
