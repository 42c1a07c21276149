"""Several workers on one machine: started, replaced when they die, and restarted one by one."""

import os
import select
import signal
import subprocess
import sys
import time

import structlog

from game.base import clock, metrics
from game.base.config import ConfigError, Settings

WORKER = "SOURCERIE_WORKER"  # set for a process that is one of several
LEAVE = 10.0  # seconds a worker has to leave
PAUSE = 1.0  # seconds before a worker that died is replaced
READY = "SOURCERIE_READY"  # the end of a pipe that a worker closes once it serves
STARTS = 60.0  # seconds a new worker has to serve before the old one leaves all the same
log = structlog.get_logger()
Process = subprocess.Popen[bytes]


class Supervisor:
    """The parent of all workers; it serves nobody itself."""

    def __init__(self, settings: Settings, count: int) -> None:
        self.settings = settings
        self.count = count
        self.workers: list[Process] = []
        self.stopping = False
        self.renewing = False

    def run(self) -> None:
        """Keeps so many workers running until told to stop. SIGHUP restarts them one by one."""
        os.environ[clock.START] = str(clock.start_ms())
        metrics.share(self.settings.instance_dir / "metrics")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        self.workers = [self._start() for _ in range(self.count)]
        while not self.stopping:
            self._look()
            time.sleep(0.1)
        self._leave(self.workers)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _renew(self, *_: object) -> None:
        self.renewing = True

    def _start(self, *ready: int) -> Process:
        command = [sys.argv[0], "serve"]  # ourselves
        env = {**os.environ, WORKER: "1", READY: "".join(map(str, ready))}
        return subprocess.Popen(command, env=env, pass_fds=ready)  # noqa: S603

    def _start_and_wait(self) -> Process:
        """A new worker that serves by now, or never will: it closes its end of a pipe then."""
        ours, theirs = os.pipe()
        worker = self._start(theirs)
        os.close(theirs)
        select.select([ours], [], [], STARTS)
        os.close(ours)
        return worker

    def _look(self) -> None:
        for n, worker in enumerate(self.workers):
            if worker.poll() is not None and not self.stopping:
                log.error("worker_died", code=worker.returncode)
                metrics.forget(worker.pid)
                time.sleep(PAUSE)
                self.workers[n] = self._start()
        if self.renewing:
            self.renewing = False
            self._renew_all()

    def _renew_all(self) -> None:
        """Each new worker listens before the old one leaves: the door is never shut."""
        for n, old in enumerate(self.workers):
            self.workers[n] = self._start_and_wait()
            self._leave([old])

    def _leave(self, workers: list[Process]) -> None:
        """Tells workers to leave, all at once; who has not left in time is ended."""
        for worker in workers:
            worker.terminate()
        end = time.monotonic() + LEAVE
        for worker in workers:
            try:
                worker.wait(timeout=max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
            metrics.forget(worker.pid)


def say_ready() -> None:
    """Tells the parent that waits for this worker, if one does, that it serves."""
    told = os.environ.pop(READY, "")
    if told:
        os.close(int(told))


def check(settings: Settings, count: int) -> None:
    """Raises ConfigError where these settings cannot have so many workers."""
    if count == 1:
        return
    if settings.database_url.startswith("sqlite"):
        raise ConfigError(
            "WORKERS: SQLite has one writer, so several workers would wait for each other; "
            "set DATABASE_URL to a PostgreSQL database"
        )
    if not settings.redis_url:
        raise ConfigError(
            "WORKERS: several workers tell each other the news through Redis; set REDIS_URL"
        )
