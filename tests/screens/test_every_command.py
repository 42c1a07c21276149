"""Whatever the remote asks in whatever state is done or refused, and all screens can be drawn."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy.orm import Session

from game.accounts import user as accounts
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import Game
from game.live.commands import COMMANDS
from game.rules.registry import kinds
from game.screens.build import build
from game.screens.render import render
from game.store.base import new_id
from game.store.tables import Player, RoundRow, Workshop
from game.workshop import agenda, create, last_move, state
from game.workshop.play import Sent

SURFACES = ("phone", "projector", "remote")
PLAYERS = 6
# beside what a command wants: nothing at all, and what no hand types
ASKED: dict[str, list[dict[str, object]]] = {
    "page": [{"by": 1}, {"by": -1}, {"by": 10**30}],
    "extend": [{"seconds": 30}, {"seconds": -1}, {"seconds": 10**30}],
    "hide": [{"key": "a"}, {"key": "é" * 41}],
    "show": [{"key": "a"}, {"key": ""}],
    "cover": [
        *({"what": "break", "minutes": 10}, {"what": "data"}, {"what": "break", "minutes": 0}),
        *({"what": "lunch"}, {"what": "break", "minutes": 10**30}),
    ],
    "theme": [{"theme": "day"}, {"theme": "dusk"}],
    "tones": [{"key": "on"}, {"key": "loud"}],
    "insert": [
        *({"kind": kind, "seconds": 60} for kind in kinds()),
        *({"kind": "gone"}, {"kind": "quiz", "options": []}, {"kind": "quiz", "seconds": 10**30}),
        {"kind": "quiz", "brief_id": "nobody's"},
    ],
    "rename": [{"nickname": "Ortie vive"}, {"nickname": ""}, {"nickname": "e" + "\u0301" * 15}],
    "boards": [{"key": "never"}, {"key": "each"}, {"key": "end"}, {"key": "now"}],
    "auto": [{"key": "on"}, {"key": "off"}],
    "shorten": [{"seconds": 20}, {"seconds": 1}, {"seconds": 10**30}],
}
OF_ONE = ("rename", "remove", "forgive", "vouch")
Words = tuple[str, dict[str, object]]


class Room:
    """A workshop with a round of every kind, its players, and the hand on its remote."""

    def __init__(self, game: Game, session: Session) -> None:
        self.game, self.session = game, session
        made = create.create_demo(session, game.packs["fr"], also=[game.packs["en"]])
        made.stage = "draft"
        self.id, self.drawn = made.id, set[object]()
        here = {row.kind for row in state.agenda_of(session, made.id)}
        for kind in sorted(set(kinds()) - here):
            agenda.add(session, made.id, kind=kind, seconds=60, options={})
        rows = [
            Player(workshop_id=made.id, nickname=f"P{n}", folded=f"p{n}", joined_at=1)
            for n in range(PLAYERS)
        ]
        session.add_all(rows)
        session.flush()
        self.players = [row.id for row in rows]

    @property
    def workshop(self) -> Workshop:
        return self.session.get_one(Workshop, self.id)

    def current(self) -> RoundRow | None:
        id = self.workshop.round_id
        return self.session.get(RoundRow, id) if id else None

    def number(self) -> int:
        return state.at(self.session, self.game.packs, self.id).number

    def every(self) -> Iterator[Words]:
        """Each command with what it may be asked with."""
        first = (row.id for row in state.agenda_of(self.session, self.id))
        row_id = self.workshop.round_id or next(first, "none")
        for name in COMMANDS:
            for asked in ASKED.get(name, [{}]):
                more = {"round": row_id} if name == "shorten" else {}
                more |= {"player": self.players[0]} if name in OF_ONE else {}
                yield name, {**asked, **more, "v": self.workshop.version}
        yield "next", {"v": -1}
        yield "remove", {"player": "nobody"}

    def ask(self, name: str, asked: dict[str, object]) -> bool:
        """As the remote's socket does; was it done? Anything but a refusal goes through."""
        before = last_move.standing(self.session, self.id)
        try:
            COMMANDS[name](self.session, self.game, self.id, {"do": name, **asked})
        except Refusal:
            return False
        last_move.note(self.session, self.game.packs, self.id, name, before)
        return True

    def do(self, name: str, **asked: object) -> None:
        assert self.ask(name, {**asked, "v": self.workshop.version}), (name, asked)

    def answer(self) -> None:
        """Everybody answers the round that is open, as its kind would be answered."""
        now = state.at(self.session, self.game.packs, self.id)
        if now.kind is None or now.setting is None or now.current is None:
            return
        sent = [
            Sent(player, now.current.id, f"{now.current.id[:8]}-{n}-{m}", raw, now_ms())
            for n, player in enumerate(self.players)
            for m, raw in enumerate(now.kind.example(now.setting, n))
        ]
        self.session.flush()
        self.game.play.many(self.session.connection(), sent)
        self.session.expire_all()

    def where(self) -> tuple[object, ...]:
        """What tells one state from another."""
        w, row = self.workshop, self.current()
        inside = (row.kind, row.phase, row.page, row.left_ms is None) if row else ()
        return (w.stage, w.cover, w.boards, w.auto, *inside)

    def draw(self, app: Flask, *way: str) -> None:
        """All surfaces, where nobody has seen this state yet; `way` led to it."""
        self.session.flush()
        self.session.expire_all()
        if self.where() in self.drawn:
            return
        self.drawn.add(self.where())
        for surface in SURFACES:
            shown = build(self.game, self.session, self.id, surface, "fr")
            assert shown
            with app.test_request_context(), force_locale("fr"):
                assert render(surface, shown), (self.where(), surface, way)


@pytest.fixture
def room(app: Flask) -> Iterator[Room]:
    game = app.extensions["sourcerie"]
    with Session(game.store.writing) as session:
        yield Room(game, session)
        session.rollback()


def on_to(stage: str, phase: str = "", nth: int = 0) -> Callable[[Room], None]:
    """Into a stage, in a round into a phase of the nth."""

    def go(room: Room) -> None:
        for _ in range(80):
            row, number = room.current(), room.number()
            is_there = room.workshop.stage == stage and number >= nth
            if is_there and (not phase or (row and row.phase == phase)):
                return
            if row and row.phase == "open" and room.workshop.stage == "round":
                room.answer()
            room.do("next")
        raise AssertionError((stage, phase, nth))

    return go


def then(go: Callable[[Room], None], name: str, **asked: object) -> Callable[[Room], None]:
    def more(room: Room) -> None:
        go(room)
        room.do(name, **asked)

    return more


def gone(go: Callable[[Room], None]) -> Callable[[Room], None]:
    """The kind of the current round is not installed any more."""

    def more(room: Room) -> None:
        go(room)
        row = room.current()
        assert row
        row.kind = "gone"

    return more


def nothing(_room: Room) -> None:
    """As it was made."""


def astray(room: Room) -> None:
    """As an earlier version left a room that went back from a podium before any round."""
    on_to("lobby")(room)
    room.workshop.stage = "round"


def without_rounds(room: Room) -> None:
    """Nobody has prepared anything."""
    for row in state.agenda_of(room.session, room.id):
        room.session.delete(row)
    room.do("next")


PLAIN: dict[str, Callable[[Room], None]] = {
    "draft": nothing,
    "lobby": on_to("lobby"),
    **{phase: on_to("round", phase) for phase in ("briefing", "open", "closed", "revealed")},
    "paused": then(on_to("round", "open"), "pause"),
    "paused by itself": then(then(on_to("lobby"), "auto", key="on"), "next"),
    "board": on_to("board", nth=1),
    "podium": on_to("podium"),
    "ended": on_to("ended"),
    "podium from the lobby": then(on_to("lobby"), "podium"),
    "back from there": then(then(on_to("lobby"), "podium"), "back"),
    "in a round that is not there": astray,
    "without rounds": without_rounds,
    "without rounds, podium": then(without_rounds, "next"),
    "without rounds, back": then(then(without_rounds, "next"), "back"),
    "without rounds, ended": then(then(without_rounds, "next"), "next"),
    "ended without a board": lambda room: (room.do("boards", key="never"), on_to("ended")(room))[1],
    "taken back": then(on_to("round", "revealed"), "undo"),
    "reopened": then(on_to("round", "revealed"), "reopen"),
    "skipped": then(on_to("round", "open"), "skip"),
    "open again after the end": then(on_to("ended"), "back"),
    **{f"gone, {phase}": gone(on_to("round", phase)) for phase in ("briefing", "open", "revealed")},
}
STATES = {
    **PLAIN,
    **{
        f"{what} over {name}": then(PLAIN[name], "cover", what=what)
        for name in ("lobby", "briefing", "closed", "revealed", "board", "podium")
        for what in ("break", "data")
    },
}


@pytest.mark.parametrize("name", STATES)
def test_a_command_is_done_or_refused(app: Flask, room: Room, name: str) -> None:
    STATES[name](room)
    room.draw(app)
    done = set()
    for command, asked in list(room.every()):
        with room.session.begin_nested() as savepoint:
            if room.ask(command, asked):
                done.add(command)
                room.draw(app)
            savepoint.rollback()
        room.session.expire_all()
    assert done >= {"theme", "boards"}, "what may always be done was refused"


@pytest.mark.parametrize("seed", range(3))
def test_wherever_a_hand_wanders_nothing_fails(app: Flask, room: Room, seed: int) -> None:
    dice, way = Random(seed), list[str]()
    for _ in range(200):
        often = "back" if room.workshop.stage == "ended" else "next"
        words = [one for one in room.every() for _ in range(9 if one[0] == often else 1)]
        name, asked = dice.choice(words)
        if room.ask(name, asked):
            way.append(name)
            room.draw(app, *way[-6:])
            row = room.current()
            if row and row.phase == "open" and dice.random() < 0.3:
                room.answer()
    assert len(room.drawn) > 20


def signed_in(app: Flask) -> FlaskClient:
    game, client = app.extensions["sourcerie"], app.test_client()
    mail = f"{new_id()}@maison.fr"

    def token(session: Session) -> str:
        return accounts.link_token(game.secret, accounts.add_user(session, mail, "admin"))

    assert client.post(f"/sign-in/link/{game.writer.write(token)}").status_code == 302
    return client


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_page_stands_in_every_state(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    client, game, failed = signed_in(app), app.extensions["sourcerie"], []
    for name in (*PLAIN, "break over board", "data over revealed"):
        with Session(game.store.writing, expire_on_commit=False) as session:
            room = Room(game, session)
            STATES[name](room)
            session.commit()
            w = room.workshop
        own = f"/remote/{w.id}"
        for path in (own, f"{own}/small", f"/projector/{w.projector_key}", f"/{w.code}"):
            status = client.get(path).status_code
            failed += [(name, path, status)] if status != 200 else []
    assert failed == []
