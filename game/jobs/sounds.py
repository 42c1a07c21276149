"""The sound of an interview is heard on this machine, by a program of its own; then it is no more.

From the moment hearing begins the sound has no name in any folder: when this process ends and that
program with it, in whatever way, it is gone. So nothing is tried twice: who recorded is told.
"""

import json
import os
import select as system
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO

import structlog
from sqlalchemy import select

from game.base.json_object import Json
from game.base.sounds import Sounds
from game.helpers import hear
from game.helpers.transcript import Said, blocks, tapped
from game.jobs import queue
from game.jobs.rooms import plays
from game.jobs.run import Run
from game.pool import sound as sounds
from game.pool.grid_interview import Passage
from game.store.engine import Store
from game.store.tables import Job, Sound

COMMAND = (
    sys.executable,
    "-m",
    "game.helpers.hear",
)  # and an open file, a language, whose child it is
BEAT = 0.25  # seconds between two looks at whether it is still wanted
SIGN = 5.0  # seconds between two signs of life
LONGEST = 3 * 3600  # seconds of a sound
FAULTS = {hear.UNREADABLE: "unreadable", hear.CHANGED: "model"}
log = structlog.get_logger()


class Unheard(Exception):
    """Hearing ended without a text; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Heard:
    """What was heard so far, and how many seconds of the sound that took in."""

    said: list[Said]
    seconds: float = 0


def listen(run: Run) -> dict[str, object]:
    """Hears one sound. Raises PutOff while a room plays."""
    id, folder = str(run.given["sound"]), Sounds(run.settings.instance_dir)
    with run.session() as session:
        if run.settings.helper_in_rounds == "no" and plays(session.connection()):
            raise queue.PutOff
        talk = sounds.begin(session, id)
        given = (talk.lang, list(talk.taps), _second(run, id)) if talk else None
    if given is None:
        folder.drop(id)
        return {"heard": 0}
    try:
        lang, taps, second = given
        heard, millis = _listened(run, id, folder, lang)
    except (queue.JobCancelled, queue.ClaimLost):
        _end(run, id, "cancelled")
        raise
    except Unheard as why:
        _end(run, id, why.code)
        return {"heard": 0, "why": why.code}
    except Exception as error:  # whatever it was, the sound is gone: there is no second try
        log.error("sound_failed", fault=type(error).__name__)
        _end(run, id, "lost")
        return {"heard": 0, "why": "lost"}
    said = blocks([Said(one.text, second + (one.second or 0)) for one in heard.said], taps)
    pieces = [
        Passage(one.text, one.second, key)
        for one, key in zip(said, tapped(said, taps), strict=True)
    ]
    with run.session() as session:
        kept = sounds.heard(session, id, pieces, round(heard.seconds), millis)
    return {"heard": round(heard.seconds), "passages": len(pieces) if kept else 0}


def _second(run: Run, id: str) -> int:
    with run.store.session() as session:
        return session.get_one(Sound, id).second


def _end(run: Run, id: str, why: str) -> None:
    with run.session() as session:
        sounds.end(session, id, why)


def _listened(run: Run, id: str, folder: Sounds, lang: str) -> tuple[Heard, int]:
    """What is said in a sound, and how many milliseconds it took."""
    began = time.monotonic()
    if not hear.is_there():
        folder.drop(id)
        raise Unheard("no_engine")
    try:
        sound = folder.take(id)
    except FileNotFoundError:
        raise Unheard("lost") from None
    with sound:
        heard = _hear(run, id, sound, lang)
    if not heard.said:
        raise Unheard("silent")
    return heard, round(1000 * (time.monotonic() - began))


def _hear(run: Run, id: str, sound: BinaryIO, lang: str) -> Heard:
    found, number = Heard([]), sound.fileno()
    path = os.pathsep.join(filter(None, sys.path))
    calm = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"}
    program = subprocess.Popen(  # noqa: S603  our own program, and nothing that anybody typed
        [*COMMAND, str(number), lang, str(os.getpid())],
        pass_fds=(number,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=calm,
    )
    assert program.stdout is not None
    try:
        watch = Watch(run, id, program)
        for line in _lines(program.stdout, watch, found):
            watch.may_wait = sys.platform == "linux"  # from its first line on it ends with us
            _note(found, line)
        code = program.wait()
    finally:
        program.kill()
        program.wait()
        program.stdout.close()
    if code:
        raise Unheard(FAULTS.get(code, "lost"))
    return found


def _note(found: Heard, line: Json) -> None:
    seconds, text = line.get("heard"), line.get("text")
    if isinstance(seconds, int | float):
        found.seconds = seconds
    if found.seconds > LONGEST:
        raise Unheard("long")
    at = line.get("at")
    if isinstance(text, str) and isinstance(at, int | float) and text.strip():
        found.said.append(Said(text.strip(), int(at)))


def _lines(out: IO[bytes], watch: "Watch", found: Heard) -> Iterator[Json]:
    """Each line of a program as it comes; whether it is wanted is looked at meanwhile."""
    rest = b""
    while True:
        watch.look(found.seconds)
        if not system.select([out], [], [], BEAT)[0]:
            continue
        more = os.read(out.fileno(), 65_536)
        if not more:
            return
        *whole, rest = (rest + more).split(b"\n")
        yield from (json.loads(line) for line in whole)


class Watch:
    """Whether a sound is still to be heard, whether a room plays, and signs of life."""

    def __init__(self, run: Run, id: str, program: "subprocess.Popen[bytes]") -> None:
        self.run, self.id, self.program = run, id, program
        self.signed = self.looked = 0.0
        self.waits = self.may_wait = False

    def look(self, seconds: float) -> None:
        """Raises where hearing is to end. A room that plays has the program wait."""
        now = time.monotonic()
        if now - self.looked < BEAT:
            return
        self.looked = now
        if self.run.is_stopping():
            raise Unheard("lost")
        with self.run.store.session() as session:
            cancelling = session.scalar(select(Job.cancelling).where(Job.id == self.run.held.id))
            if cancelling is not False or not sounds.is_wanted(session, self.id):
                raise queue.JobCancelled
            calm = self.run.settings.helper_in_rounds == "yes" or not plays(session.connection())
        if calm == self.waits and self.may_wait:
            self.waits = not calm
            self.program.send_signal(signal.SIGCONT if calm else signal.SIGSTOP)
        if now - self.signed > SIGN:
            self.signed = now
            with self.run.transaction() as connection:
                self.run.step(connection, round(seconds))


def tidy(store: Store, folder: Sounds) -> int:
    """Deletes every sound that nobody waits for; returns how many. Cheap where there is none."""
    with store.session() as session:
        names = folder.names()
        kept = sounds.wanted(session, names) if names else set[str]()
    return folder.drop_all_but(kept)
