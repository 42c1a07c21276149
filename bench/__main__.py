"""`python -m bench`: plays real workshops against the real server, and prints what they took."""

import argparse
import gc
import os
import platform
import resource
from collections.abc import Callable
from pathlib import Path

import orjson

from bench.parts import (
    board,
    curve,
    desk,
    doubles,
    floor,
    fuzz,
    hall,
    hostile,
    imports,
    joins,
    kills,
    leads,
    many,
    polling,
    question,
    room,
    slow,
    soak,
    workers,
)
from bench.report import HEAD, Report, line

PARTS: dict[str, Callable[[Report, bool], None]] = {
    "floor": floor.run,
    "room": room.run,
    "joins": joins.run,
    "question": question.run,
    "curve": curve.run,
    "hall": hall.run,
    "many": many.run,
    "leads": leads.run,
    "board": board.run,
    "workers": workers.run,
    "polling": polling.run,
    "slow": slow.run,
    "hostile": hostile.run,
    "kills": kills.run,
    "soak": soak.run,
    "desk": desk.run,
    "doubles": doubles.run,
    "imports": imports.run,
    "fuzz": fuzz.run,
}


def main() -> None:
    """Runs the parts that are asked for, all unless told otherwise."""
    asked = _arguments()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()  # the load's own pauses are not what is measured
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}\n{HEAD}", flush=True)
    report = Report()
    for name in asked.part or PARTS:
        PARTS[name](report, asked.long)
        gc.collect()
    print("\n".join(["", HEAD, *map(line, report.figures)]))
    Path(asked.json).write_bytes(orjson.dumps(report.json(), option=orjson.OPT_INDENT_2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="all unless named")
    parser.add_argument("--long", action="store_true", help="the hour of play and 50 kills")
    parser.add_argument("--json", default="bench.json", help="where the figures go as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
