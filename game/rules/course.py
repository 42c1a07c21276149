"""The course of a workshop: what the one big 'next' does from where the room stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Step = Literal["lobby", "briefing", "open", "close", "reveal", "page", "board", "podium", "end"]
BOARDS = ("never", "each", "end")  # when the room sees a board
# seconds before a step is taken by itself, where steps are; the others wait for a hand
WAITS: Mapping[str, int] = {"open": 45, "reveal": 8, "page": 20, "board": 25, "briefing": 20}


@dataclass(frozen=True)
class Position:
    """Where a room stands: the stage, and in a round its phase and page of the reveal.

    `more_rounds` says whether the agenda goes on after this round, `boards` when the room sees one.
    """

    stage: str
    phase: str = "waiting"
    page: int = 0
    pages: int = 1
    more_rounds: bool = True
    boards: str = "each"


def counts(stage: str, phase: str, *, is_on: bool) -> bool:
    """Is what a round brought in the players' points, at this stage of the room?

    Not while the round that `is_on` is closed and its results are still to be shown.
    """
    return phase == "revealed" or (phase == "closed" and not (is_on and stage == "round"))


def next_step(at: Position) -> Step | None:
    """The step that 'next' takes; None once the workshop has ended."""
    match at.stage:
        case "draft":
            return "lobby"
        case "lobby" | "board":
            return "briefing" if at.more_rounds else _finale(at)
        case "podium":
            return "end"
        case "round":
            return _in_round(at)
    return None


def _in_round(at: Position) -> Step:
    match at.phase:
        case "waiting":
            return "briefing"
        case "briefing":
            return "open"
        case "open":
            return "close"
        case "closed":
            return "reveal"
    if at.page + 1 < at.pages:
        return "page"
    return _after_reveal(at)


def _after_reveal(at: Position) -> Step:
    if at.boards == "each":
        return "board"
    if at.more_rounds:
        return "briefing"
    return "board" if at.boards == "end" else "end"


def _finale(at: Position) -> Step:
    return "end" if at.boards == "never" else "podium"
