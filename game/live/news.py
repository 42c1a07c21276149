"""News that every worker is to hear. Redis carries it; without Redis there is one worker.

Socket.IO's own Redis manager would send each packet to each worker, one worker after the other,
and lose what is said while Redis is away. Here only the news travels: each worker draws its own
screens from the database, all at once, and looks there itself for what it may have missed.
"""

from collections.abc import Callable, Mapping
from threading import Semaphore
from typing import Any

import orjson
import structlog
from flask_socketio import SocketIO

CHANNEL = "sourcerie"
AGAIN = 0.5  # seconds until Redis is tried again
QUIET = 1.0  # seconds without news after which Redis is asked whether it lives
SOON = 1.0  # seconds in which it has to answer
Hear = Callable[[Any], None]
HearFrom = Callable[[str, Any], None]
AT_A_TIME = 8  # connections to Redis that what is told to single workers may take
log = structlog.get_logger()


class News:
    """Tells this worker's listeners at once, and the other workers' through Redis."""

    def __init__(self, socketio: SocketIO, redis_url: str, worker: str) -> None:
        self.socketio = socketio
        self.worker = worker
        self.listeners: Mapping[str, Hear] = {}
        self.asked: Mapping[str, HearFrom] = {}
        self.places = Semaphore(AT_A_TIME)
        self.up = True
        self.stopping = False
        self.sender = _connect(redis_url, SOON) if redis_url else None
        # listening waits for ever: a time limit would end it every few quiet seconds
        self.hearer = _connect(redis_url, None) if redis_url else None

    def start(self, listeners: Mapping[str, Hear], asked: Mapping[str, HearFrom]) -> None:
        """Starts listening; `listeners` are called by the kind of news.

        `asked` are called with the worker that told it, for what is told to this worker alone.
        """
        self.listeners = listeners
        self.asked = asked
        if self.hearer is not None:
            self.socketio.start_background_task(self._listen)

    def tell(self, kind: str, about: object) -> None:
        """Tells everybody, this worker included."""
        self._hear(kind, about)
        if self.sender is not None and self.up:
            self._publish(self.sender, orjson.dumps([self.worker, kind, about]))

    def tell_one(self, worker: str, kind: str, about: object) -> bool:
        """Tells one other worker; False where it does not hear."""
        if self.sender is None or not self.up:
            return False
        try:
            with self.places:
                news = orjson.dumps([self.worker, kind, about])
                return bool(self.sender.publish(_own(worker), news))
        except Exception:
            self._set(up=False)
            return False

    def reaches(self, worker: str) -> bool:
        """Is another worker listening?"""
        try:
            found = self.sender.pubsub_numsub(_own(worker)) if self.sender and self.up else []
        except Exception:
            return False
        return any(listening for _, listening in found)

    def _publish(self, sender: Any, news: bytes) -> None:
        """What is not heard now, the keepers of the other workers find within a second."""
        try:
            sender.publish(CHANNEL, news)
        except Exception:
            self._set(up=False)

    def _hear(self, kind: str, about: object) -> None:
        hear = self.listeners.get(kind)
        if hear:
            try:
                hear(about)
            except Exception as error:
                log.error("news_failed", kind=kind, fault=type(error).__name__)

    def _listen(self) -> None:
        while not self.stopping:
            try:
                self._listen_once()
            except Exception:
                self._set(up=False)
            self.socketio.sleep(AGAIN)

    def _listen_once(self) -> None:
        assert self.hearer is not None
        assert self.sender is not None
        with self.hearer.pubsub(ignore_subscribe_messages=True) as line:
            line.subscribe(CHANNEL, _own(self.worker))
            while not self.stopping:
                message = line.get_message(timeout=QUIET)
                if message is None:
                    self.sender.ping()
                    self._set(up=True)
                else:
                    self._pass_on(message)

    def _pass_on(self, message: Mapping[str, str | bytes]) -> None:
        worker, kind, about = orjson.loads(message["data"])
        if kind in self.asked:
            self.asked[kind](worker, about)
        elif worker != self.worker:
            self._hear(kind, about)

    def _set(self, *, up: bool) -> None:
        if up != self.up:
            self.up = up
            log.warning("bus_up" if up else "bus_down")


def _own(worker: str) -> str:
    """The channel on which one worker alone is told."""
    return f"{CHANNEL}/{worker}"


def _connect(url: str, seconds: float | None) -> Any:
    from redis import Redis

    return Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=2)
