"""The last move of a room: for ten seconds it can be taken back.

What moved is the stage and the phases of rounds. An answer that was given meanwhile stays: it
counts as it would after a reopening. What left the game is not taken back: a message, a verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules.pack import Pack
from game.rules.timing import timing_of
from game.store.tables import RoundRow, Workshop
from game.store.version import touch
from game.workshop import after, auto_advance, round_clock, settle
from game.workshop.state import agenda_of

GOOD_MS = 10_000
LEAST_MS = 5_000  # a round that is open again is so at least as long


@dataclass(frozen=True)
class Standing:
    """Where a room stood: its stage, its round, and of each round phase, page and time left.

    The time left is in milliseconds, and None for a round that is not open.
    """

    stage: str
    round_id: str | None
    rounds: Mapping[str, tuple[str, int, int | None, bool]]

    def moved_to(self, other: "Standing") -> bool:
        """Is the other one elsewhere?"""
        return (self.stage, self.round_id, _phases(self)) != (
            *(other.stage, other.round_id),
            _phases(other),
        )


def _phases(at: Standing) -> dict[str, tuple[str, int]]:
    return {id: row[:2] for id, row in at.rounds.items()}


def standing(session: Session, workshop_id: str) -> Standing:
    """Where a room stands now."""
    workshop = session.get_one(Workshop, workshop_id)
    rows = agenda_of(session, workshop_id)
    return Standing(workshop.stage, workshop.round_id, {row.id: _row(row) for row in rows})


def _row(row: RoundRow) -> tuple[str, int, int | None, bool]:
    left = None
    if row.phase == "open":
        left = row.left_ms if row.left_ms is not None else max(0, (row.closes_at or 0) - now_ms())
    return row.phase, row.page, left, row.left_ms is not None


def note(
    session: Session, packs: Mapping[str, Pack], workshop_id: str, name: str, before: Standing
) -> None:
    """Keeps a move that was made just now, if one was, and says when the next is made by itself."""
    now = standing(session, workshop_id)
    if not before.moved_to(now):
        return
    auto_advance.plan_next(session, packs, workshop_id)
    workshop = session.get_one(Workshop, workshop_id)
    workshop.last_move = None if name == "undo" else _kept(name, before, now)
    if name == "undo":
        workshop.auto_at = None  # who takes a step back does not want it taken again by itself
    session.flush()


def _kept(name: str, before: Standing, now: Standing) -> dict[str, object]:
    changed = {
        id: list(row) for id, row in before.rounds.items() if row[:2] != now.rounds.get(id, row)[:2]
    }
    return {
        "do": name,
        "until": now_ms() + GOOD_MS,
        "stage": before.stage,
        "round": before.round_id,
        "rounds": changed,
        "now": [now.stage, now.round_id, {id: list(now.rounds[id][:2]) for id in changed}],
    }


def good_until(workshop: Workshop) -> int:
    """Until when (milliseconds) the last move can be taken back; 0 where it cannot."""
    kept = workshop.last_move
    until = kept.get("until") if kept else 0
    return until if isinstance(until, int) and until > now_ms() else 0


def take_back(session: Session, packs: Mapping[str, Pack], workshop_id: str) -> None:
    """Has the room stand where it stood. Raises Refusal('nothing_to_undo')."""
    workshop = session.get_one(Workshop, workshop_id)
    kept, now = workshop.last_move, standing(session, workshop_id)
    if kept is None or not good_until(workshop) or kept["now"] != _where(now, kept):
        raise Refusal("nothing_to_undo")
    if workshop.stage == "ended":
        after.withdraw(session, packs, workshop)
    with settle.following(session, packs, workshop_id):
        _stand(session, packs, workshop, kept)
    touch(session, workshop_id)


def _stand(
    session: Session, packs: Mapping[str, Pack], workshop: Workshop, kept: Mapping[str, object]
) -> None:
    rounds = kept["rounds"]
    assert isinstance(rounds, dict)
    for id, (phase, page, left, paused) in rounds.items():
        _put_back(session, packs, session.get_one(RoundRow, id), phase, page, left, paused)
    session.expire_all()
    workshop.stage, workshop.round_id = str(kept["stage"]), kept["round"]  # type: ignore[assignment]
    _begin_anew(workshop)


def _where(now: Standing, kept: Mapping[str, object]) -> list[object]:
    changed = kept["rounds"]
    assert isinstance(changed, dict)
    phases = {id: list(now.rounds[id][:2]) for id in changed if id in now.rounds}
    return [now.stage, now.round_id, phases]


def _begin_anew(workshop: Workshop) -> None:
    if workshop.stage != "ended":
        workshop.ended_at = None
    if workshop.stage in ("draft", "lobby"):
        workshop.begun_at = None


def _put_back(
    session: Session,
    packs: Mapping[str, Pack],
    row: RoundRow,
    phase: str,
    page: int,
    left: int | None,
    paused: bool,
) -> None:
    if row.phase == "open" and phase in ("closed", "revealed"):
        round_clock.close(session, packs, row.id)
        session.refresh(row)
    elif row.phase == "open":
        row.timing = timing_of(row.timing).stopped(now_ms()).stored()
        row.closes_at = row.left_ms = None
    elif phase == "open":
        round_clock.open_for(session, row, max(LEAST_MS, left or 0), paused=paused)
    row.phase, row.page = phase, page
    session.flush()
