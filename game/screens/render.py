"""Rendering a ScreenData: the same partial that the page includes, as it goes over the wire."""

from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Flask, render_template
from flask_babel import force_locale
from markupsafe import Markup

from game.base.clock import now_ms
from game.base.recent import Recent
from game.context import Game
from game.screens.build import build
from game.screens.data import PlayerShown, ScreenData
from game.screens.round_words import step_label


@dataclass(frozen=True)
class Screen:
    """One surface's screen in one language; `version` is the workshop's, and grows."""

    version: int
    html: str
    stage: str
    round_id: str
    phase: str
    closes_at: int | None
    left_ms: int | None
    theme: str = ""
    tones: bool = False

    def wire(self) -> dict[str, object]:
        """What a `screen` event carries."""
        return {
            "v": self.version,
            "html": self.html,
            "stage": self.stage,
            "round": self.round_id,
            "phase": self.phase,
            "closes_at": self.closes_at,
            "left_ms": self.left_ms,
            "now": now_ms(),
            **({"theme": self.theme, "tones": self.tones} if self.theme else {}),
        }


def template(surface: str, show: ScreenData) -> str:
    """The template of a surface's screen: one remote, elsewhere one a stage, or what covers it."""
    if surface == "remote":
        return "remote/screen.html"
    if show.dressed.cover:
        return f"{surface}/{show.dressed.cover}.html"
    stage = show.workshop.stage
    return f"{surface}/{'lobby' if stage == 'draft' and surface == 'phone' else stage}.html"


def next_words(show: ScreenData) -> str:
    """What the one big 'next' says it will do, and to which round."""
    return step_label(show.next_label, show.step_line.number if show.step_line else 0)


def render(surface: str, show: ScreenData) -> str:
    """The screen's HTML, in the current locale; needs an application context."""
    return render_template(
        template(surface, show),
        show=show,
        surface=surface,
        next_label=next_words(show),
    )


@lru_cache(maxsize=64)  # a remote is drawn again with each answer, and then nobody came or went
def people_lines(_lang: str, players: tuple[PlayerShown, ...], others: int) -> Markup:
    """The remote's list of the room, in the current locale, which is `_lang`."""
    drawn = render_template("remote/people_list.html", players=players, others=others)
    return Markup(drawn)  # noqa: S704  what our own template has escaped


class Screens:
    """Renders screens, and remembers the phones' last one of each language and version."""

    def __init__(self, app: Flask, game: Game) -> None:
        self.app = app
        self.game = game
        self.seen: Recent[tuple[str, str, bool], Screen] = Recent(1000)

    def get(
        self, workshop_id: str, surface: str, lang: str, *, is_own: bool = False
    ) -> Screen | None:
        """The screen as the database has it now; None for an unknown workshop."""
        with self.game.store.session() as session:
            shown = build(self.game, session, workshop_id, surface, lang, is_own=is_own)
        if shown is None:
            return None
        with self.app.test_request_context(base_url=shown.join_url.rsplit("/", 1)[0]):
            with force_locale(lang):
                made = _screen(shown, render(surface, shown))
        return _worn(made, shown, surface)

    def phone(
        self, workshop_id: str, lang: str, version: int, *, is_own: bool = False
    ) -> Screen | None:
        """A phone's screen of at least this version, rendered only if it was not yet.

        `is_own`: for who took more time, and has some left.
        """
        name = workshop_id, lang, is_own
        screen = self.seen.get(name)
        if screen is None or screen.version < version:
            screen = self.get(workshop_id, "phone", lang, is_own=is_own)
            if screen:
                self.seen[name] = screen
        return screen


def _screen(shown: ScreenData, html: str) -> Screen:
    current = shown.round
    return Screen(
        version=shown.workshop.version,
        html=html,
        stage=shown.workshop.stage,
        round_id=current.id if current else "",
        phase=current.phase if current else "",
        closes_at=current.closes_at if current else None,
        left_ms=current.left_ms if current else None,
    )


def _worn(made: Screen, shown: ScreenData, surface: str) -> Screen:
    """A screen with what stands over it as its stage; the projector's has light and tones."""
    if surface == "remote":
        return made
    worn = replace(made, stage=shown.dressed.cover or made.stage)
    if surface != "projector":
        return worn
    return replace(worn, theme=shown.dressed.theme, tones=shown.dressed.tones)
