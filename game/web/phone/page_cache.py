"""The phone's page, rendered once a version and language, and filled in for each phone.

Without it, a join with the page loaded again costs 6.7 ms of processor instead of 2.2 ms.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Protocol

from flask import g, render_template
from flask_babel import force_locale
from markupsafe import escape

from game.base.clock import now_ms
from game.base.recent import Recent
from game.base.refusal import Refusal
from game.context import Game
from game.rules.presence import SIGNS
from game.screens import round_words
from game.screens.build import build
from game.screens.data import ScreenData
from game.screens.render import template
from game.workshop import extra_time
from game.workshop.header import Header

USUAL: Mapping[str, object] = {
    **{"surface": "phone", "player": None, "refusal": "", "noted": "", "page_id": ""},
    **{"signs": SIGNS, "waiting": False},
    **{"typed": {}, "told": {}},  # who could not come in: what they typed, and what is wrong
}
MARK = re.compile(r"\[\[spot-(\w+)\]\]")


def _mark(spot: str) -> str:
    return f"[[spot-{spot}]]"


def new_page_id() -> str:
    """Tells this page from all others: what is sent twice from it is one."""
    return secrets.token_urlsafe(9)


class Named(Protocol):
    """A player, as their page names them."""

    @property
    def id(self) -> str: ...
    @property
    def nickname(self) -> str: ...
    @property
    def waiting(self) -> bool: ...


class Pages:
    """Pages of this worker: the same for all phones, but for their spots."""

    def __init__(self) -> None:
        self.kept: Recent[tuple[str, str, str], tuple[int, list[bytes]]] = Recent(1000)

    def ready(
        self, header: Header, lang: str, spots: Mapping[str, object], whose: str = "door"
    ) -> bytes | None:
        """The door for a stranger, or the game of a "player", if it is rendered already."""
        version, parts = self.kept.get((header.id, lang, whose), (-1, []))
        return fill(parts, spots) if version >= header.version else None

    def page(
        self,
        game: Game,
        header: Header,
        lang: str,
        player: Named | None,
        refusal: str,
        offer: str,
        now: int,
        noted: str = "",
    ) -> bytes:
        """The page of one phone: the door, the game of `player`, or why nobody comes in."""
        is_own = player is not None and _has_own_time(game, header, player, now)
        whose = "player in their own time" if is_own else "player"
        name = (header.id, lang, refusal or (whose if player else "door"))
        version, parts = self.kept.get(name, (-1, []))
        if version < header.version:
            version, parts = self._render(game, header, lang, player, refusal, is_own=is_own)
            self.kept[name] = version, parts
        spots = {"nonce": g.csp_nonce, "offer": offer, "now": now, "page": new_page_id()}
        if player:
            spots.update(id=player.id, nickname=player.nickname, noted=noted)
        return fill(parts, spots)

    def refused(
        self,
        game: Game,
        header: Header,
        lang: str,
        typed: Mapping[str, str],
        told: Mapping[str, object],
    ) -> str:
        """The door once more for who could not come in: what was typed, and what is wrong."""
        shown = _shown(game, header, lang)
        return _draw(shown, lang, "phone/door.html", now=now_ms(), typed=typed, told=told)

    def _render(
        self,
        game: Game,
        header: Header,
        lang: str,
        player: Named | None,
        refusal: str,
        *,
        is_own: bool,
    ) -> tuple[int, list[bytes]]:
        shown = _shown(game, header, lang, is_own=is_own)
        nonce, g.csp_nonce = g.csp_nonce, _mark("nonce")
        html = _draw(
            shown,
            lang,
            template("phone", shown) if player else "phone/door.html",
            player={"id": _mark("id"), "nickname": _mark("nickname")} if player else None,
            refusal=refusal,
            waiting=player is not None and player.waiting,
            nickname_offer=_mark("offer"),
            now=_mark("now"),
            noted=_mark("noted"),
            page_id=_mark("page"),
        )
        g.csp_nonce = nonce
        return shown.workshop.version, [part.encode() for part in MARK.split(html)]


def _has_own_time(game: Game, header: Header, player: Named, now: int) -> bool:
    """Is the round closed for the room, but not for who took more time?"""
    if header.stage != "round":
        return False
    with game.store.reading.connect() as reader:
        return extra_time.own_end_of(reader, player.id) > now


def _shown(game: Game, header: Header, lang: str, *, is_own: bool = False) -> ScreenData:
    with game.store.session() as session:
        shown = build(game, session, header.id, "phone", lang, is_own=is_own)
    if shown is None:  # it was deleted while its header was still remembered
        raise Refusal("unknown_code")
    return shown


def _draw(shown: ScreenData, lang: str, screen: str, **more: object) -> str:
    page = {**USUAL, "show": shown, "screen": screen, **more}
    with force_locale(lang):
        return render_template("phone/page.html", reasons=round_words.reasons(), **page)


def fill(parts: list[bytes], spots: Mapping[str, object]) -> bytes:
    """The page with its spots filled in, escaped: `parts` alternate text and names of spots."""
    written = {name.encode(): str(escape(value)).encode() for name, value in spots.items()}
    filled = list(parts)
    for at in range(1, len(parts), 2):
        filled[at] = written.get(parts[at], b"")
    return b"".join(filled)
