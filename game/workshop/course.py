"""Running the room: next, pause, extend, close, reopen, back. The database says who is first."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.privacy import company
from game.rules.course import BOARDS, WAITS, next_step
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.timing import timing_of
from game.store.prepared import Prepared
from game.store.tables import RoundRow, Workshop
from game.store.version import touch
from game.workshop import after, code, pace, settle, state
from game.workshop.state import State

Packs = Mapping[str, Pack]
MOST_HIDDEN = 200  # texts of one round
DUE = Prepared(select(Workshop.id, Workshop.auto_at).where(Workshop.auto_at <= bindparam("at")))
OVERDUE = Prepared(
    select(RoundRow.workshop_id, RoundRow.id).where(
        RoundRow.phase == "open",
        RoundRow.left_ms.is_(None),
        RoundRow.closes_at <= bindparam("at"),
    )
)


def _state(session: Session, packs: Packs, workshop_id: str) -> State:
    workshop = session.get_one(Workshop, workshop_id)
    loaded = state.load(session, workshop_id, packs[workshop.lang])
    assert loaded is not None
    return loaded


def check_version(session: Session, workshop_id: str, seen: int) -> None:
    """Raises Refusal('stale') when the screen that sent a command was no longer the truth."""
    if session.get_one(Workshop, workshop_id).version != seen:
        raise Refusal("stale")


def go_on(session: Session, packs: Packs, workshop_id: str) -> None:
    """Takes the one next step of the room. Raises Refusal('workshop_over') after the end."""
    now = _state(session, packs, workshop_id)
    step = next_step(now.position)
    match step:
        case None:
            raise Refusal("workshop_over")
        case "lobby":
            _check_papers(session, now.workshop)
            code.renew(now.workshop, now_ms())
            _stage(session, now.workshop, step)
        case "podium" | "board":
            _stage(session, now.workshop, step)
        case "briefing":
            _brief(session, now)
        case "open":
            _open(session, _round(now))
        case "close":
            close(session, packs, _round(now).id)
        case "reveal":
            reveal(session, packs, _round(now))
        case "page":
            _round(now).page += 1
        case "end":
            _end(session, now.workshop)
    touch(session, workshop_id)


def _check_papers(session: Session, workshop: Workshop) -> None:
    """People are told who holds their data before a real workshop: that must be known."""
    if workshop.sort == "real" and company.missing(company.facts(session)):
        raise Refusal("lobby_shut")


def _round(now: State) -> RoundRow:
    if now.current is None:
        raise Refusal("no_round")
    if now.current.after:
        raise Refusal("workshop_over")
    return now.current


def _stage(session: Session, workshop: Workshop, stage: str) -> None:
    workshop.stage = stage
    session.flush()


def _brief(session: Session, now: State) -> None:
    """The briefing of the current round if it still waits, else of the next one."""
    row = now.current
    if row is None or row.phase == "revealed" or now.workshop.stage == "board":
        row = now.agenda[now.number]
    row.phase, row.page = "briefing", 0
    now.workshop.stage, now.workshop.round_id = "round", row.id
    pace.begin(now.workshop, now.agenda)
    session.flush()


def _open(session: Session, row: RoundRow, seconds: int | None = None) -> None:
    open_for(session, row, 1000 * (row.seconds if seconds is None else seconds))


def open_for(session: Session, row: RoundRow, left_ms: int, *, paused: bool = False) -> None:
    """Opens a round for so many milliseconds; or with its clock standing at them."""
    now = now_ms()
    row.phase, row.left_ms, row.result = "open", None, None
    row.timing = timing_of(row.timing).started(now).stored()
    row.opened_at = row.opened_at or now
    row.closes_at = now + left_ms
    if paused:
        row.left_ms = left_ms
        row.timing = timing_of(row.timing).stopped(now).stored()
    session.flush()


def _end(session: Session, workshop: Workshop) -> None:
    workshop.stage, workshop.ended_at, workshop.door_open = "ended", now_ms(), False
    after.offer(session, workshop)
    session.flush()


def close(session: Session, packs: Packs, round_id: str) -> bool:
    """Closes an open round and settles it. False when somebody else closed it first."""
    closed = cast(
        "CursorResult[*tuple[object, ...]]",
        session.execute(
            update(RoundRow)
            .where(RoundRow.id == round_id, RoundRow.phase == "open")
            .values(phase="closed", left_ms=None)
            .execution_options(synchronize_session=False)
        ),
    )
    if closed.rowcount != 1:
        return False
    session.expire_all()
    row = session.get_one(RoundRow, round_id)
    row.timing = timing_of(row.timing).closed(now_ms()).stored()
    settle.settle(session, packs, row, now_ms())
    touch(session, row.workshop_id)
    return True


def overdue(connection: Connection, now: int, grace_ms: int) -> list[tuple[str, str]]:
    """The open rounds whose time and grace are over: (workshop id, round id)."""
    rows = OVERDUE.raw(connection, at=now - grace_ms)
    return [(row[0], row[1]) for row in rows]


def close_overdue(session: Session, packs: Packs, round_id: str, now: int, grace_ms: int) -> bool:
    """Closes a round whose time is over, unless it was extended or paused meanwhile."""
    row = session.get(RoundRow, round_id)
    if row is None or row.left_ms is not None or row.closes_at is None:
        return False
    if row.closes_at > now - grace_ms or not close(session, packs, round_id):
        return False
    if not row.after:
        plan_next(session, packs, row.workshop_id)
    return True


def plan_next(session: Session, packs: Packs, workshop_id: str) -> None:
    """Says when the room's next step is taken by itself; never, where a hand is to take it."""
    session.flush()
    session.expire_all()
    now = _state(session, packs, workshop_id)
    wait = WAITS.get(next_step(now.position) or "") if now.workshop.auto else None
    now.workshop.auto_at = now_ms() + 1000 * wait if wait else None
    session.flush()


def set_auto(session: Session, packs: Packs, workshop_id: str, *, on: bool) -> None:
    """Steps are taken by themselves from now on, or by hand again."""
    session.get_one(Workshop, workshop_id).auto = on
    plan_next(session, packs, workshop_id)
    touch(session, workshop_id)


def hold(session: Session, workshop_id: str) -> None:
    """The next step waits for a hand; those after it come by themselves again."""
    session.get_one(Workshop, workshop_id).auto_at = None
    touch(session, workshop_id)


def due(connection: Connection, now: int) -> list[tuple[str, int]]:
    """The workshops whose next step is to be taken by itself: (id, since when)."""
    return [(row[0], row[1]) for row in DUE.raw(connection, at=now)]


def go_on_by_itself(session: Session, packs: Packs, workshop_id: str, since: int) -> bool:
    """Takes the step that was due since then; False where somebody was first, or held it."""
    taken = cast(
        "CursorResult[*tuple[object, ...]]",
        session.execute(
            update(Workshop)
            .where(Workshop.id == workshop_id, Workshop.auto_at == since)
            .values(auto_at=None)
            .execution_options(synchronize_session=False)
        ),
    )
    if taken.rowcount != 1:
        return False
    session.expire_all()
    go_on(session, packs, workshop_id)
    return True


def set_boards(session: Session, workshop_id: str, when: str) -> None:
    """Says when the room sees a board: never, after each round, or at the end. Raises Refusal."""
    if when not in BOARDS:
        raise Refusal("bad_input", {"boards": "invalid"})
    session.get_one(Workshop, workshop_id).boards = when
    touch(session, workshop_id)


def set_seconds(session: Session, workshop_id: str, round_id: str, seconds: int) -> None:
    """Shortens or lengthens a round to come. Raises Refusal for one that has begun."""
    row = session.get(RoundRow, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("unknown_round")
    if row.phase not in ("waiting", "briefing"):
        raise Refusal("not_now")
    if not 10 <= seconds <= 3600:
        raise Refusal("bad_input", {"seconds": "seconds_range"})
    row.seconds = seconds
    touch(session, workshop_id)


def reveal(session: Session, packs: Packs, row: RoundRow) -> None:
    """Shows what the round came to."""
    if row.phase == "open":
        close(session, packs, row.id)
    elif settle.came_late(session, row):
        settle.settle(session, packs, row, now_ms())
    row.phase, row.page = "revealed", 0
    row.timing = timing_of(row.timing).revealed(now_ms()).stored()
    session.flush()


def turn_page(session: Session, packs: Packs, workshop_id: str, by: int) -> None:
    """Turns the pages of a reveal; stops at both ends."""
    now = _state(session, packs, workshop_id)
    row = _round(now)
    if row.phase != "revealed":
        raise Refusal("not_now")
    row.page = max(0, min(now.pages - 1, row.page + by))
    touch(session, workshop_id)


def _open_round(session: Session, packs: Packs, workshop_id: str) -> RoundRow:
    row = _round(_state(session, packs, workshop_id))
    if row.phase != "open":
        raise Refusal("not_now")
    return row


def pause(session: Session, packs: Packs, workshop_id: str) -> None:
    """Stops the clock of the open round. A clock that stands already stays as it is."""
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is None and row.closes_at is not None:
        row.left_ms = max(0, row.closes_at - now_ms())
        row.timing = timing_of(row.timing).stopped(now_ms()).stored()
    touch(session, workshop_id)


def resume(session: Session, packs: Packs, workshop_id: str) -> None:
    """Lets the clock run again with what was left."""
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is not None:
        row.closes_at, row.left_ms = now_ms() + row.left_ms, None
        row.timing = timing_of(row.timing).started(now_ms()).stored()
    touch(session, workshop_id)


def extend(session: Session, packs: Packs, workshop_id: str, seconds: int) -> None:
    """Gives the open round more time: 1 to 3,600 seconds."""
    if not 1 <= seconds <= 3600:
        raise Refusal("bad_input", {"seconds": "invalid"})
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is not None:
        row.left_ms += 1000 * seconds
    else:
        row.closes_at = max(row.closes_at or 0, now_ms()) + 1000 * seconds
    touch(session, workshop_id)


def hide(session: Session, packs: Packs, workshop_id: str, key: str, *, is_hidden: bool) -> None:
    """Keeps a text of the current round from the room, or gives it back. Raises Refusal."""
    if not key or len(key) > 40:
        raise Refusal("bad_input", {"key": "invalid"})
    row = _round(_state(session, packs, workshop_id))
    others = [other for other in row.hidden or [] if other != key][-MOST_HIDDEN:]
    row.hidden = [*others, key] if is_hidden else others
    touch(session, workshop_id)


def close_now(session: Session, packs: Packs, workshop_id: str) -> None:
    """Closes the open round before its time."""
    close(session, packs, _open_round(session, packs, workshop_id).id)


def reopen(session: Session, packs: Packs, workshop_id: str, seconds: int = 60) -> None:
    """Opens the current round again, for a minute unless told otherwise; answers stand."""
    row = _round(_state(session, packs, workshop_id))
    if row.phase not in ("closed", "revealed"):
        raise Refusal("not_now")
    ledger.unsettle(session, row.id, row.workshop_id)
    session.get_one(Workshop, workshop_id).stage = "round"
    _open(session, row, seconds)
    touch(session, workshop_id)


def skip(session: Session, packs: Packs, workshop_id: str) -> None:
    """Leaves the current round as it is, closed if it was open, and goes to what comes next."""
    now = _state(session, packs, workshop_id)
    row = _round(now)
    if row.phase == "open":
        close(session, packs, row.id)
        session.refresh(row)
    if now.number < len(now.agenda):
        following = now.agenda[now.number]
        following.phase, following.page = "briefing", 0
        now.workshop.stage, now.workshop.round_id = "round", following.id
    else:
        now.workshop.stage = "podium"
        if now.workshop.boards == "never":
            _end(session, now.workshop)
    touch(session, workshop_id)


def show_podium(session: Session, workshop_id: str) -> None:
    """Goes straight to the podium, once no round is open."""
    workshop = session.get_one(Workshop, workshop_id)
    row = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    if workshop.stage in ("draft", "ended") or (row and row.phase == "open"):
        raise Refusal("not_now")
    _stage(session, workshop, "podium")
    touch(session, workshop_id)


def back(session: Session, packs: Packs, workshop_id: str) -> None:
    """One step back on the screens; nothing that was answered is undone."""
    now = _state(session, packs, workshop_id)
    row, workshop = now.current, now.workshop
    if workshop.stage == "ended":
        after.withdraw(session, packs, workshop)
        silent = workshop.boards == "never" and workshop.round_id
        workshop.stage, workshop.ended_at = "round" if silent else "podium", None
    elif workshop.stage == "podium" or (workshop.stage == "board" and row):
        workshop.stage = "board" if workshop.stage == "podium" and row else "round"
    elif workshop.stage == "round" and row:
        _back_in_round(now, row)
    else:
        raise Refusal("not_now")
    touch(session, workshop_id)


def _back_in_round(now: State, row: RoundRow) -> None:
    if row.phase == "revealed":
        row.phase, row.page = ("revealed", row.page - 1) if row.page else ("closed", 0)
    elif row.phase in ("briefing", "waiting"):
        row.phase = "waiting"
        previous = now.agenda[now.number - 2] if now.number > 1 else None
        now.workshop.round_id = previous.id if previous else None
        before = "board" if now.workshop.boards == "each" else "round"
        now.workshop.stage = before if previous else "lobby"
    else:
        raise Refusal("not_now")


def insert(
    session: Session,
    workshop_id: str,
    *,
    kind: str,
    seconds: int,
    options: Mapping[str, object],
    brief_id: str | None = None,
    warm_up: bool = False,
) -> str:
    """Puts a round right after the current one; returns its id. Raises Refusal."""
    from game.workshop import agenda

    workshop = session.get_one(Workshop, workshop_id)
    if kind not in kinds():
        raise Refusal("bad_input", {"kind": "invalid"})
    return agenda.add(
        session,
        workshop_id,
        kind=kind,
        seconds=seconds,
        options=options,
        brief_id=brief_id,
        warm_up=warm_up,
        after=workshop.round_id or "",
    )
