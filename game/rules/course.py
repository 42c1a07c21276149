"""The course of a workshop: what the one big 'next' does from where the room stands."""

from dataclasses import dataclass
from typing import Literal

Step = Literal["lobby", "briefing", "open", "close", "reveal", "page", "board", "podium", "end"]


@dataclass(frozen=True)
class Position:
    """Where a room stands: the stage, and in a round its phase and page of the reveal.

    `more_rounds` says whether the agenda goes on after this round.
    """

    stage: str
    phase: str = "waiting"
    page: int = 0
    pages: int = 1
    more_rounds: bool = True


def next_step(at: Position) -> Step | None:
    """The step that 'next' takes; None once the workshop has ended."""
    match at.stage:
        case "draft":
            return "lobby"
        case "lobby":
            return "briefing" if at.more_rounds else "podium"
        case "board":
            return "briefing" if at.more_rounds else "podium"
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
    return "page" if at.page + 1 < at.pages else "board"
