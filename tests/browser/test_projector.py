"""The projector at every state and size: nothing overlaps, nothing is cut, all can be read."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import zxingcpp
from flask import Flask
from flask_babel import force_locale
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, Route

from game import content
from game.base import paths
from game.rules.presence import SIGNS
from game.rules.registry import kinds
from game.screens.data import Dressed, PlayerShown, ScreenData, TeamShown
from game.screens.qr import coarse, qr_svg
from game.screens.render import render
from game.workshop.state import Counts
from game.workshop.yielded import Counted, Yielded
from tests.rules.conftest import setting_of
from tests.screens.conftest import app
from tests.screens.test_every_screen import PLAYED as KINDS
from tests.screens.test_every_screen import (
    BoardRow,
    BoardShown,
    BriefShown,
    TeamRow,
    rounds,
    screen,
)

__all__ = ["app"]  # the fixture of the screens' own tests

HERE = "http://sourcerie.test"
SIZES = ((1024, 768), (1920, 1080), (3840, 2160))
PACKS = content.load(paths.content())
ADDRESS = "http://192.168.100.200:8000/RNQQD"
LONG_NAME = "Anne-Élisabeth Wœlfflin"
TEAM = "La Compagnie des Étoiles polaires"
SHAPES = ("drop", "leaf", "stone", "flame", "star", "shell")
MUSTS = ("Parle anglais au téléphone sans effort", "Écoute avant de répondre", "Écrit clairement")

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
MUST = (
    ".question, .criteria li, .bars .bar-label, .bars .number, .turns li, .task-do, .task-brings,"
    ".musts, .brief-title, .team-name, .points, .step-who, .names li, .card-list-title, .climber,"
    ".live-counts, .verdict, .told-why, .quiz-list li, .closed-word, .yield li, .join-code"
)
MAY = ".rank, small"
ROUND = ("briefing", "open", "closed", "revealed")
SEVERAL_KINDS = ("recommend {}", "spot {}", "expert {'part': 'definition'}")
READ_FROM_AFAR = {
    *("lobby", "board", "podium", "break", "data", "ended"),
    *(f"{kind} {phase} 0" for kind in SEVERAL_KINDS for phase in ROUND),
}


def put(page: Page, html: str) -> None:
    """Shows a screen as the projector's own script does."""
    page.evaluate(
        """(html) => {
          document.getElementById("screen").innerHTML = html;
          document.querySelectorAll("[data-countdown]").forEach((spot) => {
            spot.textContent = "59:59";
            spot.closest("[data-closes-at]").classList.add("is-long");
          });
          document.dispatchEvent(new CustomEvent("shown", { detail: {} }));
        }""",
        html,
    )


def room(shown: ScreenData, *, many: bool) -> ScreenData:
    """The same screen of two players, or of two thousand with the longest names."""
    players = 150 if many else 2
    return replace(
        shown,
        workshop=replace(
            shown.workshop, name="Atelier sourcing de rentrée, région Auvergne-Rhône-Alpes"
        ),
        join_url=ADDRESS,
        join_short=ADDRESS.removeprefix("http://"),
        qr_svg=qr_svg(coarse(ADDRESS)),
        counts=Counts(2000, 1999, 4321, 1987, 2345) if many else Counts(2, 2, 0, 0, 0),
        players=tuple(
            PlayerShown(
                f"{n}", LONG_NAME if n % 3 else "Lou", "", SHAPES[n % 6] if many else "", True
            )
            for n in range(players)
        ),
        teams=tuple(TeamShown(f"{n}", TEAM, SHAPES[n], 333) for n in range(6 if many else 0)),
        dressed=Dressed(
            welcome="Bienvenue chez les Chantiers Imaginaires, où l’on se souvient des gens.",
            wifi_name="Salle Belledonne – visiteurs",
            wifi_password="fontaine-sorbier-42",
            until=3_590_000,
            back_at="15:10",
        ),
        yielded=yielded(many=many),
    )


def yielded(*, many: bool) -> Yielded:
    if not many:
        return Yielded(1, 1, 0, (Counted("Cooptation", 1),), ())
    channels = tuple(
        Counted(family.label, 300 - n) for n, family in enumerate(PACKS["fr"].families)
    )
    briefs = tuple(Counted(brief.title, 400 - n) for n, brief in enumerate(PACKS["fr"].briefs))
    return Yielded(2345, 1987, 321, channels, briefs)


def board(*, many: bool) -> BoardShown:
    rows = tuple(
        BoardRow(n, LONG_NAME, SHAPES[n % 6] if many else "", 1000 - n, n + 3)
        for n in range(1, 11 if many else 3)
    )
    teams = tuple(TeamRow(n, TEAM, SHAPES[n % 6], 100 - n, 50) for n in range(1, 41 if many else 1))
    climbed = ((LONG_NAME, 112), ("Lou", 9), (LONG_NAME, 3))
    return BoardShown(rows, teams, climbed[: 3 if many else 1], "provisional")


def longest() -> BriefShown:
    brief = max(PACKS["fr"].briefs, key=lambda b: len(b.title) + sum(map(len, b.must_haves)))
    return BriefShown(
        *(brief.title, brief.must_haves, brief.where, brief.why, "R-1", brief.trade),
        "38 à 44 k€ brut par an",
    )


def screens(app: Flask, *, many: bool) -> Iterator[tuple[str, str]]:
    """(its name, its HTML) of every state there is."""
    with app.test_request_context(), force_locale("fr"):
        for stage in ("draft", "lobby", "board", "podium", "ended"):
            shown = room(screen(stage, None, board(many=many)), many=many)
            yield stage, render("projector", shown)
        for name, html in _with_signs(many=many):
            yield name, html
        sixty = replace(room(screen("lobby", None), many=True), signs=())
        yield "lobby 60", render("projector", replace(sixty, players=sixty.players[:60]))
        for cover in ("break", "data"):
            shown = room(screen("lobby", None), many=many)
            yield (
                cover,
                render("projector", replace(shown, dressed=replace(shown.dressed, cover=cover))),
            )
        for name, chosen in KINDS:
            where = setting_of(PACKS["fr"], name, **chosen)
            seen: set[tuple[str, int, object]] = set()
            for each in reversed(rounds(kinds()[name], where, "projector")):
                known = (each.phase, each.page, each.paused) in seen or not each.view
                if known or each.page > 2 or (each.phase == "waiting" and name != "recommend"):
                    continue
                seen.add((each.phase, each.page, each.paused))
                long = replace(each, seconds=3600, closes_at=3_590_000, brief=longest())
                shown = room(screen("round", long), many=many)
                yield f"{name} {chosen} {each.phase} {each.page}", render("projector", shown)


def _with_signs(*, many: bool) -> Iterator[tuple[str, str]]:
    """Where the door asks for proof of presence, its signs stand beside the way in."""
    asked = {"signs": SIGNS[:4], "signs_left_ms": 60_000}
    for stage in ("lobby", "board", "ended"):
        shown = room(screen(stage, None, board(many=many)), many=many)
        yield f"{stage} with signs", render("projector", replace(shown, **asked))


def serve(app: Flask, page: Page, html: dict[str, str]) -> None:
    """Answers the page's requests from the built files, without a server."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HERE)
        if path in html:
            return route.fulfill(body=html[path], content_type="text/html")
        if not path.startswith("/static/"):
            return route.abort()  # there is no line here
        got = app.test_client().get(path, base_url=HERE)
        return route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.data)

    page.route("**/*", answer)


def base_page(app: Flask) -> str:
    from flask import render_template

    shown = room(screen("draft", None), many=False)
    with app.test_request_context(), force_locale("fr"):
        given: dict[str, Any] = {"surface": "projector", "key": "k" * 22, "lang": "fr", "now": 0}
        return render_template(
            "projector/page.html", show=shown, screen="projector/draft.html", **given
        )


def blurred(picture: bytes) -> Image.Image:
    """What a camera at the back of the room has of it: a third of the dots, out of focus."""
    seen = Image.open(io.BytesIO(picture)).convert("L")
    small = seen.resize((seen.width // 3, seen.height // 3), Image.Resampling.BILINEAR)
    return small.filter(ImageFilter.GaussianBlur(1.0)).resize((small.width * 2, small.height * 2))


def test_every_state_at_every_size(app: Flask, browser: Browser) -> None:
    page = browser.new_page(reduced_motion="reduce")
    serve(app, page, {"/": base_page(app)})
    page.goto(HERE, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    found, unread, drawn_of_them = [], [], set()
    for many in (True, False):
        drawn = list(screens(app, many=many))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for name, html in drawn[:: 1 if many and height < 2000 else 6]:
                put(page, html)
                faults = page.evaluate(LOOK, [MUST, MAY])
                found += [f"{width} {many} {name}: {fault}" for fault in faults]
                if many and width == 1920 and name in READ_FROM_AFAR:
                    drawn_of_them.add(name)
                    codes = zxingcpp.read_barcodes(blurred(page.screenshot()))
                    unread += [] if [c for c in codes if c.text == ADDRESS.upper()] else [name]
    assert not found, "\n".join(found)
    assert drawn_of_them == READ_FROM_AFAR
    assert not unread, "no code can be read from the back row"
