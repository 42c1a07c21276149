"""The room's course: next, back, skip, hidden texts, pages. The rules say which step comes."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy import company
from game.rules.course import BOARDS, next_step
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.store.tables import RoundRow, Workshop
from game.store.version import touch
from game.workshop import after, agenda, code, pace, room_vote, round_clock, settle, state
from game.workshop.state import State

Packs = Mapping[str, Pack]
MOST_HIDDEN = 200  # texts of one round


def check_version(session: Session, workshop_id: str, seen: int) -> None:
    """Raises Refusal('stale') when the screen that sent a command was no longer the truth."""
    if session.get_one(Workshop, workshop_id).version != seen:
        raise Refusal("stale")


def go_on(session: Session, packs: Packs, workshop_id: str) -> None:
    """Takes the one next step of the room. Raises Refusal('workshop_over') after the end."""
    now = state.at(session, packs, workshop_id)
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
            _brief(session, packs, now)
        case "open":
            round_clock.open_for(session, now.played, 1000 * now.played.seconds)
        case "close":
            round_clock.close(session, packs, now.played.id)
        case "reveal":
            round_clock.reveal(session, packs, now.played)
        case "page":
            now.played.page += 1
        case "end":
            _end(session, now.workshop)
    touch(session, workshop_id)


def _check_papers(session: Session, workshop: Workshop) -> None:
    """People are told who holds their data before a real workshop: that must be known."""
    if workshop.sort == "real" and company.missing(company.facts(session)):
        raise Refusal("lobby_shut")


def _stage(session: Session, workshop: Workshop, stage: str) -> None:
    workshop.stage = stage
    session.flush()


def _brief(session: Session, packs: Packs, now: State) -> None:
    """The briefing of the current round if it still waits, else of the next one."""
    row = now.current
    if row is None or row.phase == "revealed" or now.workshop.stage == "board":
        row = now.agenda[now.number]
    present(session, packs, now.workshop, row)
    pace.begin(now.workshop, now.agenda)
    session.flush()


def present(session: Session, packs: Packs, workshop: Workshop, row: RoundRow) -> None:
    """The room is at the briefing of a round; what it needs of the rounds before is there."""
    room_vote.fill(session, packs, row)
    if workshop.moderated and row.passed is None and not room_vote.is_one(row):
        row.passed = []
    row.phase, row.page = "briefing", 0
    workshop.stage, workshop.round_id = "round", row.id


def _end(session: Session, workshop: Workshop) -> None:
    workshop.stage, workshop.ended_at, workshop.door_open = "ended", now_ms(), False
    after.offer(session, workshop)
    session.flush()


def set_boards(session: Session, workshop_id: str, when: str) -> None:
    """Says when the room sees a board: never, after each round, or at the end. Raises Refusal."""
    if when not in BOARDS:
        raise Refusal("bad_input", {"boards": "invalid"})
    session.get_one(Workshop, workshop_id).boards = when
    touch(session, workshop_id)


def turn_page(session: Session, packs: Packs, workshop_id: str, by: int) -> None:
    """Turns the pages of a reveal; stops at both ends."""
    now = state.at(session, packs, workshop_id)
    row = now.played
    if row.phase != "revealed":
        raise Refusal("not_now")
    row.page = max(0, min(now.pages - 1, row.page + by))
    touch(session, workshop_id)


def hide(session: Session, packs: Packs, workshop_id: str, key: str, *, is_hidden: bool) -> None:
    """Keeps a text of the current round from the room, or gives it back. Raises Refusal."""
    if not key or len(key) > 40:
        raise Refusal("bad_input", {"key": "invalid"})
    row = state.at(session, packs, workshop_id).played
    if row.passed is not None:
        row.passed = _with(row.passed, key, is_in=not is_hidden)
    else:
        row.hidden = _with(row.hidden, key, is_in=is_hidden)
    touch(session, workshop_id)


def _with(keys: Sequence[str] | None, key: str, *, is_in: bool) -> list[str]:
    others = [other for other in keys or [] if other != key][-MOST_HIDDEN:]
    return [*others, key] if is_in else others


def release(session: Session, packs: Packs, workshop_id: str) -> None:
    """Lets the room see all that it wrote in the current round."""
    now = state.at(session, packs, workshop_id)
    row = now.played
    row.hidden = []
    if row.passed is not None:
        row.passed = [text.key for text in now.texts][:MOST_HIDDEN]
    touch(session, workshop_id)


def skip(session: Session, packs: Packs, workshop_id: str) -> None:
    """Leaves the current round as it is, closed if it was open, and goes to what comes next."""
    with settle.following(session, packs, workshop_id):
        now = state.at(session, packs, workshop_id)
        if now.played.phase == "open":
            round_clock.close(session, packs, now.played.id)
            session.refresh(now.played)
        _leave(session, packs, now)
    touch(session, workshop_id)


def _leave(session: Session, packs: Packs, now: State) -> None:
    if now.number < len(now.agenda):
        following = now.agenda[now.number]
        present(session, packs, now.workshop, following)
    else:
        now.workshop.stage = "podium"
        if now.workshop.boards == "never":
            _end(session, now.workshop)


def show_podium(session: Session, packs: Packs, workshop_id: str) -> None:
    """Goes straight to the podium, once no round is open."""
    workshop = session.get_one(Workshop, workshop_id)
    row = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    if workshop.stage in ("draft", "ended") or (row and row.phase == "open"):
        raise Refusal("not_now")
    with settle.following(session, packs, workshop_id):
        _stage(session, workshop, "podium")
    touch(session, workshop_id)


def back(session: Session, packs: Packs, workshop_id: str) -> None:
    """One step back on the screens; nothing that was answered is undone."""
    with settle.following(session, packs, workshop_id):
        _back(session, packs, state.at(session, packs, workshop_id))
    touch(session, workshop_id)


def _back(session: Session, packs: Packs, now: State) -> None:
    row, workshop = now.current, now.workshop
    if workshop.stage == "ended":
        after.withdraw(session, packs, workshop)
        silent = workshop.boards == "never" and workshop.round_id
        workshop.stage, workshop.ended_at = "round" if silent else "podium", None
    elif workshop.stage == "podium" or (workshop.stage == "board" and row):
        workshop.stage = _before_boards(workshop.stage, row)
    elif workshop.stage == "round" and row:
        _back_in_round(now, row)
    else:
        raise Refusal("not_now")


def _before_boards(stage: str, row: RoundRow | None) -> str:
    """What comes before a board or the podium, of a room whose last round is `row`."""
    if row is None:
        return "lobby"  # nothing was played
    return "board" if stage == "podium" else "round"


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
