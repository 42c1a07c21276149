"""One simulated player of a rehearsal: comes in, listens, answers, drops out and comes back.

It speaks as a phone does: it joins over HTTP, opens a WebSocket, keeps each answer under an id of
its own until it is acknowledged, and sends it again after its line was lost.
"""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.request import Request, urlopen

import orjson
from simple_websocket import AioClient, ConnectionClosed, ConnectionError

from game.base.json_object import Json

DROPS = 0.06  # of the screens that come lose a phone its line
AWAY = (1.0, 6.0)  # seconds, when it does
THINKS, MOST = 0.5, 40.0  # of a round's time, and seconds, at most before an answer
QUIET = 60.0  # seconds without a word, after which a line is taken for dead
Answers = Callable[[str, int], Awaitable[Sequence[Json]]]


@dataclass
class Tally:
    """What happened to all players of a rehearsal."""

    here: int = 0
    noted: int = 0
    refused: int = 0
    drops: int = 0


@dataclass
class Player:
    """The nth player of a room at `url`; `answers(round, nth)` gives what it says in a round."""

    url: str
    workshop_id: str
    code: str
    nth: int
    typed: Json
    answers: Answers
    tally: Tally
    pace: float = 1.0  # the seconds it thinks are this many times as long
    cookie: str = "door=1"
    seen: set[str] = field(default_factory=set)
    waiting: dict[str, Json] = field(default_factory=dict)  # answers that nobody acknowledged yet
    is_in: bool = False
    over: bool = False

    async def live(self) -> None:
        """Plays until `over` is set from outside."""
        self.dice = random.Random(self.nth)
        while not self.over:
            with suppress(ConnectionClosed, ConnectionError, OSError):
                await self._come_in()
                await self._connected()
            if not self.over:
                self.tally.drops += 1
                await asyncio.sleep(self.dice.uniform(*AWAY) * self.pace)

    async def _come_in(self) -> None:
        """Through the door, once: again where nobody answered there."""
        if not self.is_in:
            await asyncio.to_thread(self._join)
            self.is_in = True

    def _join(self) -> None:
        asked = Request(  # noqa: S310  an address of ours
            f"{self.url}/{self.code}/join",
            orjson.dumps(self.typed),
            {"Content-Type": "application/json", "Cookie": self.cookie},
        )
        with urlopen(asked, timeout=60) as answer:  # noqa: S310
            for line in answer.headers.get_all("Set-Cookie") or ():
                for name, morsel in SimpleCookie(line).items():
                    self.cookie += f"; {name}={morsel.value}"

    async def _connected(self) -> None:
        """One line, from its opening to its loss."""
        address = f"{self.url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        line = await AioClient.connect(address, headers={"Cookie": self.cookie})
        self.tally.here += 1
        thinking: list[asyncio.Task[None]] = []
        try:
            auth = {"surface": "phone", "workshop": self.workshop_id, "lang": "fr", "v": 0}
            await line.send("40" + orjson.dumps(auth).decode())
            while not self.over:
                said = await line.receive(timeout=QUIET)
                if said is None or not await self._hear(line, str(said), thinking):
                    return
        finally:
            self.tally.here -= 1
            for task in thinking:
                task.cancel()
            with suppress(Exception):
                await line.close()

    async def _hear(self, line: AioClient, said: str, thinking: list[asyncio.Task[None]]) -> bool:
        """Takes one packet; False where the phone leaves the line."""
        if said == "2":
            await line.send("3")
        elif said.startswith("40"):
            for id in list(self.waiting):
                await self._send(line, id)
        elif said.startswith("43"):
            self._acknowledged(orjson.loads(said[said.index("[") :])[0])
        elif said.startswith("44"):
            return False
        elif said.startswith("42"):
            event, *sent = orjson.loads(said[2:])
            if event == "screen":
                thinking.append(asyncio.create_task(self._answer(line, sent[0])))
                return self.dice.random() > DROPS
            return event not in ("bye", "moved")
        return True

    async def _answer(self, line: AioClient, screen: Json) -> None:
        """Thinks about an open round, and answers it once."""
        round_id = str(screen.get("round") or "")
        if screen.get("stage") != "round" or screen.get("phase") != "open":
            return
        if not round_id or round_id in self.seen:
            return
        closes, now = screen.get("closes_at"), screen.get("now")
        whole = (closes - now) / 1000 if isinstance(closes, int) and isinstance(now, int) else 30
        await asyncio.sleep(self.dice.uniform(0.1, max(0.2, min(MOST, whole * THINKS))) * self.pace)
        answers = await self.answers(round_id, self.nth)
        if round_id in self.seen:
            return  # another screen of the same round had it think, too
        self.seen.add(round_id)
        for answer in answers:
            id = secrets.token_hex(8)
            self.waiting[id] = {"id": id, "round": round_id, "answer": answer}
            await self._send(line, id)
            await asyncio.sleep(self.dice.uniform(0.3, 2.0) * self.pace)

    async def _send(self, line: AioClient, id: str) -> None:
        sent = orjson.dumps(["submit", self.waiting[id]]).decode()
        await line.send(f"42{self.dice.randrange(1, 1_000_000)}{sent}")

    def _acknowledged(self, told: Json) -> None:
        if told.get("ok"):
            self.tally.noted += self.waiting.pop(str(told.get("id")), None) is not None
            return
        error = told.get("error")
        code = error.get("code") if isinstance(error, dict) else ""
        if code not in ("busy", "catching_up", "throttled", "failed"):
            self.tally.refused += self.waiting.pop(str(told.get("id")), None) is not None
