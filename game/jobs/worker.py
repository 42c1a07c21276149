"""The worker of the queue: a process of its own, so that a live room never waits for a job."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import date
from threading import Thread

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from game.base.config import Settings
from game.base.days import day_of, live_in
from game.base.sounds import Sounds
from game.jobs import (
    chats,
    doubles,
    drafts,
    imports,
    letters,
    near,
    planning,
    pushes,
    queue,
    references,
    retention,
    sign_in_mail,
    sounds,
    talk_mail,
    uninformed,
    webhooks,
)
from game.jobs.run import Run
from game.pool import sound
from game.rules.pack import Pack
from game.store.database_clock import clock
from game.store.engine import Store

JOBS: Mapping[str, Callable[[Run], dict[str, object]]] = {
    doubles.KIND: doubles.find_doubles,
    "retention": retention.keep_promise,
    "uninformed": uninformed.erase_uninformed,
    letters.KIND: letters.send,
    imports.REHEARSE: imports.rehearse,
    imports.TAKE: imports.take_in,
    imports.BACK: imports.undo,
    imports.SWEEP: imports.sweep,
    planning.KIND: planning.plan,
    references.KIND: references.read,
    sign_in_mail.KIND: sign_in_mail.send,
    pushes.KIND: pushes.send,
    talk_mail.KIND: talk_mail.send,
    webhooks.KIND: webhooks.send,
    webhooks.SWEEP: webhooks.sweep,
    chats.SOON: chats.soon,
    chats.HIRED: chats.hired,
    chats.KIND: chats.send,
    drafts.KIND: drafts.make,
    drafts.SWEEP: drafts.sweep,
    near.KIND: near.look,
    sound.KIND: sounds.listen,
}
BESIDE = frozenset((sound.KIND,))  # takes a quarter of an hour: others are done meanwhile
DAILY = (
    *("retention", "uninformed", planning.KIND, doubles.KIND),
    *(imports.SWEEP, webhooks.SWEEP, drafts.SWEEP),
)
IDLE = 2.0  # seconds between two looks at an empty queue
LOOK = 60.0  # seconds between two looks for leads that nobody has compared
WAIT = 5_000  # milliseconds until what was put off is looked at again
NICE = 10  # less than a room that is being played
log = structlog.get_logger()


class Worker:
    """Does one job after the other until told to stop."""

    def __init__(
        self, store: Store, packs: Mapping[str, Pack], settings: Settings | None = None
    ) -> None:
        self.store = store
        self.settings = settings
        if settings:
            live_in(settings.time_zone)
        self.packs = packs
        self.asked: date | None = None  # the day whose daily jobs were asked for
        self.stopping = False
        self.looked = time.monotonic()  # for leads to compare
        self.beside: Thread | None = None  # what is done beside all else

    def run(self) -> None:
        """Works. A database that is away is waited for."""
        os.nice(NICE)
        while not self.stopping:
            try:
                busy = self.once()
            except DBAPIError as error:
                log.warning("jobs_wait", fault=type(error).__name__)
                busy = False
            if not busy:
                time.sleep(IDLE)
        self.wait()

    def stop(self) -> None:
        """Ends after the job that is being done; one that is killed is done anew."""
        self.stopping = True

    def once(self) -> bool:
        """Does the job that is due, or begins one to be done beside others; False: none is."""
        if self.settings:
            sounds.tidy(self.store, Sounds(self.settings.instance_dir))
        without = BESIDE if self.beside and self.beside.is_alive() else ()
        with self.store.reading.connect() as connection:
            now = clock(connection)
            compares = self._looks() and doubles.are_wanted(connection)
            due = compares or queue.is_due(connection, now, without)
            if self.asked == day_of(now) and not due:
                return False
        with self.store.writing.begin() as connection:
            if self.asked != day_of(now):
                ask_daily(connection, day_of(now))
            elif compares and doubles.are_wanted(connection):
                queue.enqueue(connection, doubles.KIND)
            held = queue.claim(connection, without)
        self.asked = day_of(now)
        if held is not None and held.kind in BESIDE:
            self.beside = Thread(target=self._do_beside, args=(held,), name=held.kind)
            self.beside.start()
        elif held is not None:
            self.do(held, self.store)
        return held is not None

    def wait(self) -> None:
        """Until what is done beside others has ended."""
        if self.beside:
            self.beside.join()

    def _looks(self) -> bool:
        """Is it time to look for leads that nobody has compared?"""
        now = time.monotonic()
        if now - self.looked < LOOK:
            return False
        self.looked = now
        return True

    def _do_beside(self, held: queue.Claim) -> None:
        store = self.store.another()
        try:
            self.do(held, store)
        finally:
            store.close()

    def do(self, held: queue.Claim, store: Store) -> None:
        """A job that was claimed, and how it ended, written into this store."""
        run = Run(store, self.packs, held, self.settings, lambda: self.stopping)
        try:
            result = JOBS[held.kind](run)
        except queue.ClaimLost:
            log.warning("job_lost", kind=held.kind, job=held.id)
        except queue.JobCancelled:
            self._note(store, lambda connection: queue.give_up(connection, held))
        except queue.PutOff:
            self._note(store, lambda connection: queue.put_off(connection, held, WAIT))
        except Exception as error:
            fault = type(error).__name__
            log.error("job_failed", kind=held.kind, job=held.id, fault=fault, tries=held.tries)
            self._note(store, lambda connection: queue.fail(connection, held, fault))
        else:
            self._note(store, lambda connection: queue.finish(connection, held, result))
            log.info("job_done", kind=held.kind, job=held.id, **result)

    def _note(self, store: Store, write: Callable[[Connection], None]) -> None:
        """Writes how it ended; if the job is another worker's by now, that one will."""
        try:
            with store.writing.begin() as connection:
                write(connection)
        except queue.ClaimLost:
            log.warning("job_lost")


def ask_daily(connection: Connection, day: date) -> None:
    """Asks for what is done once a day, if nobody has for this one."""
    for kind in DAILY:
        queue.enqueue(connection, kind, once=f"{kind} {day.isoformat()}")
