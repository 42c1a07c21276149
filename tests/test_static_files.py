"""Static files: kept for good under their own name, and there for pages of another build."""

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.test import Client
from werkzeug.wrappers import Response

from game.web.static_files import Built, StaticFiles
from game.workshop import create
from tests.privacy.pages import application, game_of

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


MARK = Path(__file__).parent.parent / "static/icons/sourcerie.svg"
TEAL, AMBER, GROUND = (0x17, 0x77, 0x7B), (0xFF, 0xC2, 0x4B), (0xFD, 0xF9, 0xF1)


@pytest.mark.parametrize("size", [180, 192, 512])
def test_the_mark_is_drawn_for_home_screens(tmp_path: Path, size: int) -> None:
    (tmp_path / "sourcerie-NEWNEW05.svg").write_text(MARK.read_text())
    names = {"sourcerie.svg": "sourcerie-NEWNEW05.svg"}
    (tmp_path / "manifest.json").write_text(json.dumps(names))
    built = Built(tmp_path)
    address = built.address(f"sourcerie-{size}.png")
    assert re.fullmatch(rf"/static/sourcerie-{size}-[A-Z2-7]{{8}}\.png", address)
    given = Client(StaticFiles(Response("behind", 200), built, https=False)).get(address)
    assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert given.mimetype == "image/png"
    assert len(given.data) < 40_000
    picture = Image.open(io.BytesIO(given.data))
    assert (picture.size, picture.mode) == ((size, size), "RGB"), "nothing is to be seen through"
    parts = {(0.5, 0.25): TEAL, (0.35, 0.65): TEAL, (0.5, 0.58): AMBER, (0.02, 0.02): GROUND}
    parts |= {(0.5, 0.12): GROUND, (0.2, 0.6): GROUND, (0.5, 0.88): GROUND}
    for (across, down), colour in parts.items():
        seen = picture.getpixel((int(across * size), int(down * size)))
        assert max(abs(a - b) for a, b in zip(seen, colour, strict=True)) < 12, (across, down)  # type: ignore[arg-type]


def test_phones_are_told_where_the_mark_is(tmp_path: Path) -> None:
    with application(tmp_path) as app:
        game = game_of(app)
        code = game.writer.write(lambda s: create.create_demo(s, game.packs["fr"]).code)
        client = app.test_client()
        link = re.search(
            r'<link rel="apple-touch-icon" sizes="180x180" href="([^"]+)"',
            client.get(f"/{code}").text,
        )
        assert link
        icons = client.get(f"/{code}/app.webmanifest").get_json()["icons"]
        dots = {one["sizes"]: one["src"] for one in icons if one["type"] == "image/png"}
        assert dots.keys() == {"192x192", "512x512"}
        assert {one.get("purpose") for one in icons} == {None, "maskable"}
        for address in (link[1], *dots.values()):
            assert client.get(address).mimetype == "image/png"


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
