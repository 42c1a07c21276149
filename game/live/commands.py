"""The remote's commands: each name, the verb it calls, and whether a stale screen refuses it."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.context import Game
from game.live.seats import Seat, check_runs
from game.store.tables import Player
from game.workshop import (
    admission,
    auto_advance,
    course,
    dressing,
    last_move,
    room_vote,
    round_clock,
)

Run = Callable[[Session, Game, str, Mapping[str, object]], object]


def _player(session: Session, workshop_id: str, args: Mapping[str, object]) -> str:
    player = session.get(Player, str(args.get("player", "")))
    if player is None or player.workshop_id != workshop_id:
        raise Refusal("unknown_player")
    return player.id


def _number(args: Mapping[str, object], name: str, default: int) -> int:
    value = args.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal("bad_input", {name: "invalid"})
    return value


def _insert(session: Session, _game: Game, workshop_id: str, args: Mapping[str, object]) -> None:
    options = args.get("options", {})
    brief_id = args.get("brief_id") or None
    if not isinstance(options, dict) or not (brief_id is None or isinstance(brief_id, str)):
        raise Refusal("bad_input", {"options": "invalid"})
    course.insert(
        session,
        workshop_id,
        kind=str(args.get("kind", "")),
        seconds=_number(args, "seconds", 300),
        options=options,
        brief_id=brief_id,
        warm_up=args.get("warm_up") is True,
    )


def _rename(session: Session, game: Game, workshop_id: str, args: Mapping[str, object]) -> None:
    player_id = _player(session, workshop_id, args)
    admission.rename(session, game.packs, player_id, str(args.get("nickname", "")))


def _once(run: Run) -> Run:
    """The command counts only for the screen it was given on: a double tap does it once."""

    def checked(
        session: Session, game: Game, workshop_id: str, args: Mapping[str, object]
    ) -> object:
        course.check_version(session, workshop_id, _number(args, "v", 0))
        dressing.uncover(session, workshop_id)
        return run(session, game, workshop_id, args)

    return checked


COMMANDS: Mapping[str, Run] = {
    "next": _once(lambda s, g, w, a: course.go_on(s, g.packs, w)),
    "start": _once(lambda s, g, w, a: course.go_on(s, g.packs, w)),
    "close": _once(lambda s, g, w, a: round_clock.close_now(s, g.packs, w)),
    "skip": _once(lambda s, g, w, a: course.skip(s, g.packs, w)),
    "reopen": _once(lambda s, g, w, a: round_clock.reopen(s, g.packs, w)),
    "back": _once(lambda s, g, w, a: course.back(s, g.packs, w)),
    "page": _once(lambda s, g, w, a: course.turn_page(s, g.packs, w, _number(a, "by", 1))),
    "podium": _once(lambda s, g, w, a: course.show_podium(s, g.packs, w)),
    "pause": lambda s, g, w, a: round_clock.pause(s, g.packs, w),
    "resume": lambda s, g, w, a: round_clock.resume(s, g.packs, w),
    "extend": lambda s, g, w, a: round_clock.extend(s, g.packs, w, _number(a, "seconds", 30)),
    "hide": lambda s, g, w, a: course.hide(s, g.packs, w, str(a.get("key", "")), is_hidden=True),
    "show": lambda s, g, w, a: course.hide(s, g.packs, w, str(a.get("key", "")), is_hidden=False),
    "release": lambda s, g, w, a: course.release(s, g.packs, w),
    "vote": _once(lambda s, g, w, a: room_vote.start(s, g.packs, w)),
    "cover": lambda s, g, w, a: dressing.cover(
        s, w, str(a.get("what", "")), _number(a, "minutes", 10)
    ),
    "uncover": lambda s, g, w, a: dressing.uncover(s, w),
    "theme": lambda s, g, w, a: dressing.set_theme(s, w, str(a.get("theme", ""))),
    "tones": lambda s, g, w, a: dressing.set_tones(s, w, str(a.get("key", ""))),
    "insert": _insert,
    "lock": lambda s, g, w, a: admission.set_lock(s, w, is_open=False),
    "unlock": lambda s, g, w, a: admission.set_lock(s, w, is_open=True),
    "presence": lambda s, g, w, a: admission.ask_presence(s, w, on=a.get("key") == "on"),
    "rename": _rename,
    "remove": lambda s, g, w, a: admission.remove(s, _player(s, w, a)),
    "forgive": lambda s, g, w, a: admission.forgive(s, _player(s, w, a)),
    "vouch": lambda s, g, w, a: admission.vouch(s, _player(s, w, a)),
    "undo": lambda s, g, w, a: last_move.take_back(s, g.packs, w),
    "boards": lambda s, g, w, a: course.set_boards(s, w, str(a.get("key", ""))),
    "auto": lambda s, g, w, a: auto_advance.set_auto(s, g.packs, w, on=a.get("key") == "on"),
    "hold": lambda s, g, w, a: auto_advance.hold(s, w),
    "shorten": lambda s, g, w, a: round_clock.set_seconds(
        s, w, str(a.get("round", "")), _number(a, "seconds", 0)
    ),
    "renew": lambda s, g, w, a: admission.renew_code(s, w),
}


def run(game: Game, found: Seat, sent: object) -> None:
    """Carries out a command that came over the wire, if it may be given now. Raises Refusal."""
    if not isinstance(sent, dict):
        raise Refusal("unknown_command")
    name = sent.get("do")
    if not isinstance(name, str) or name not in COMMANDS:
        raise Refusal("unknown_command")
    game.writer.write(lambda session: _run(session, game, found, COMMANDS[name], sent))
    game.changed(found.workshop_id)


def _run(
    session: Session, game: Game, found: Seat, command: Run, sent: Mapping[str, object]
) -> None:
    """Asked in the transaction of the command: a right that has ended is of no use any more."""
    check_runs(session, found)
    before = last_move.standing(session, found.workshop_id)
    command(session, game, found.workshop_id, sent)
    last_move.note(session, game.packs, found.workshop_id, str(sent["do"]), before)
