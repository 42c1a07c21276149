"""From a workshop's state to the ScreenData of one surface in one language."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.loopback import is_loopback
from game.context import Game
from game.rules import presence
from game.rules.course import next_step
from game.screens.board_shown import board_shown
from game.screens.data import (
    AgendaLine,
    Notices,
    PlayerShown,
    ScreenData,
    TeamShown,
    WorkshopShown,
)
from game.screens.dressing import dressed
from game.screens.people import newcomers, people
from game.screens.qr import coarse, qr_svg
from game.screens.round_shown import round_shown
from game.store.prepared import Prepared
from game.store.tables import ProjectorLine
from game.workshop import code, pace, state
from game.workshop.last_move import good_until
from game.workshop.pace import Pace
from game.workshop.state import State, TeamNow
from game.workshop.yielded import yielded

PROJECTORS = Prepared(
    select(func.count().label("lines")).where(ProjectorLine.workshop_id == bindparam("workshop"))
)


def build(
    game: Game,
    session: Session,
    workshop_id: str,
    surface: str,
    lang: str,
    *,
    is_own: bool = False,
) -> ScreenData | None:
    """What `surface` ('phone', 'projector' or 'remote') shows; None for an unknown workshop.

    `is_own`: on a phone whose player took more time, a round that is closed is open still.
    Phones get no players; only the remote sees who was removed.
    """
    words = game.pack(lang)
    at = state.load(session, workshop_id, words)
    if at is None:
        return None
    base = public_url(game.settings)
    join_url = f"{base}/{at.workshop.code}"
    teams = state.teams_of(session, workshop_id)
    remote = surface == "remote"
    players, others = _players(session, at, teams, surface)
    own_pace = pace.of(at) if remote else None
    agenda = _agenda(at, own_pace)
    has_signs = surface == "projector" and at.workshop.presence
    counts = state.Counts()
    if surface != "phone":
        counts = state.counts(session, workshop_id, at.current.id if at.current else None)
    return ScreenData(
        workshop=_workshop(at),
        join_url=join_url,
        join_short=join_url.split("://", 1)[-1],
        qr_svg=qr_svg("" if surface == "phone" else coarse(join_url)),
        unreachable=is_loopback(base),
        round=round_shown(at, surface, counts, lang, is_own=is_own),
        next_label=next_step(at.position) or "",
        agenda=agenda,
        counts=counts,
        players=tuple(players),
        others=others,
        teams=tuple(TeamShown(t.id, t.name, t.shape, t.size) for t in teams),
        board=board_shown(game.boards, session, at, teams),
        notices=Notices(
            words.notices.told_to_players,
            words.notices.player_short,
            words.notices.keep_player_days,
        ),
        projector_url=f"{base}/projector/{at.workshop.projector_key}" if remote else "",
        projectors=_projectors(session, workshop_id) if remote else 0,
        step_line=_step_line(at, agenda) if remote else None,
        notes=_notes(at) if remote else "",
        undo_until=good_until(at.workshop) if remote else 0,
        pace=own_pace,
        dressed=dressed(session, at.workshop, lang),
        signs=presence.shown(game.secret, workshop_id, now_ms()) if has_signs else (),
        signs_left_ms=presence.left_ms(now_ms()) if has_signs else 0,
        yielded=yielded(session, workshop_id, words) if at.workshop.stage == "ended" else None,
    )


def _workshop(at: State) -> WorkshopShown:
    w = at.workshop
    held_on = w.held_on.isoformat() if w.held_on else ""
    return WorkshopShown(
        w.id,
        w.name,
        w.lang,
        w.code,
        at.stage,
        w.door_open,
        w.asks,
        w.teaming,
        w.version,
        held_on,
        w.stage not in ("draft", "ended") and w.door_open and code.has_expired(w, now_ms()),
        w.sort,
        w.boards,
        w.auto,
        w.auto_at,
        w.presence,
    )


def _projectors(session: Session, workshop_id: str) -> int:
    """How many projectors are connected."""
    return int(PROJECTORS.all(session.connection(), workshop=workshop_id)[0].lines)


def _step_line(at: State, agenda: tuple[AgendaLine, ...]) -> AgendaLine | None:
    """The line of the agenda that the next step is about."""
    step = next_step(at.position)
    row = at.coming if step == "briefing" else at.current
    if row is None or step not in ("briefing", "open", "close", "reveal", "page"):
        return None
    return next((line for line in agenda if line.id == row.id), None)


def _notes(at: State) -> str:
    """What the speaker wrote down for the round that is on, or is about to be."""
    row = at.current if at.stage == "round" else at.coming
    return row.notes if row else ""


def _agenda(at: State, own_pace: Pace | None) -> tuple[AgendaLine, ...]:
    shorter = dict(own_pace.shorten) if own_pace else {}
    return tuple(
        AgendaLine(
            *(row.id, n, row.kind, row.title, row.phase, row.seconds),
            row.id == at.workshop.round_id,
            *(shorter.get(row.id, 0), row.warm_up),
        )
        for n, row in enumerate(at.agenda, 1)
    )


def _players(
    session: Session, at: State, teams: list[TeamNow], surface: str
) -> tuple[list[PlayerShown], int]:
    """Who is named on a screen, and how many more there are: on the remote all, by name."""
    if surface == "remote":
        return people(session, at.workshop.id, teams)
    if surface == "phone" or at.stage not in ("draft", "lobby"):
        return [], 0
    return newcomers(session, at.workshop.id, teams), 0
