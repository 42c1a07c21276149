"""Joins alone: the page, the sign-in, the socket and the first screen, all at once."""

from bench import echo
from bench.parts import room
from bench.report import Report
from bench.stand import game


def run(report: Report, _long: bool) -> None:
    """The first lines of the part `room`."""
    echo.measure(report)
    with game(room.TURNS + 1) as stand:
        room.joins(report, stand)
