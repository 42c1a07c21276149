"""Static files: kept for good under their own name, and there for pages of another build."""

import json
from pathlib import Path

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from game.web.static_files import Built, StaticFiles

NOW = {
    "phone.css": "phone-NEWNEW01.css",
    "phone.js": "phone-NEWNEW02.js",
    "source-sans-3-latin.woff2": "source-sans-3-latin-NEWNEW03.woff2",
    "source-sans-3-latin-ext.woff2": "source-sans-3-latin-ext-NEWNEW04.woff2",
}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    for plain, name in NOW.items():
        (tmp_path / name).write_text(plain)
    (tmp_path / "manifest.json").write_text(json.dumps(NOW))
    behind = Response("behind", 200)
    return Client(StaticFiles(behind, Built(tmp_path), https=False))


@pytest.mark.parametrize("plain", NOW)
def test_a_page_of_the_build_before_is_given_what_is_now_in_place(
    client: Client, plain: str
) -> None:
    stem, _, ending = plain.rpartition(".")
    given = client.get(f"/static/{stem}-OLDOLD09.{ending}")
    assert (given.status_code, given.text) == (200, plain)
    assert given.headers["Cache-Control"] == "no-cache"
    same = client.get(f"/static/{NOW[plain]}")
    assert same.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    seen = {"If-None-Match": given.headers["ETag"]}
    assert client.get(f"/static/{stem}-OLDOLD09.{ending}", headers=seen).status_code == 304


@pytest.mark.parametrize(
    "path", ["other-OLDOLD09.css", "phone.css", "phone-old.css", "phone-OLDOLD09.js.map", "x/phone"]
)
def test_what_no_build_made_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
