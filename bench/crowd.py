"""Many phones, and what they do at the same time."""

import random
from collections.abc import Callable, Sequence
from itertools import cycle

from bench.phone import Phone, now
from bench.stand import Stand

LONG = 120.0  # seconds after which something hangs
Act = Callable[[Phone], None]


class Crowd:
    """So many phones, dealt out to the rooms of a stand."""

    def __init__(
        self, stand: Stand, count: int, reload: bool = False, kind: type[Phone] = Phone
    ) -> None:
        self.stand, self.loop = stand, stand.loop
        seats = zip(range(count), cycle(stand.rooms), strict=False)
        self.phones = [kind(stand.loop, stand.port, room, f"P{n:05}", n) for n, room in seats]
        for phone in self.phones:
            phone.reload = reload
        self.refused = 0

    def part(self, start: int, end: int | None = None) -> "Crowd":
        """Some of its phones, as a crowd of their own."""
        part = Crowd(self.stand, 0)
        part.phones = self.phones[start:end]
        return part

    def __len__(self) -> int:
        return len(self.phones)

    # -- coming --

    def come(self) -> float:
        """All at once: page, sign-in, socket; seconds until the last has its first screen."""
        return self._until_screen(Phone.come)

    def reopen(self) -> float:
        """All at once: socket and first screen alone; seconds."""
        for phone in self.phones:
            phone.leave()
        self.loop.idle(1)
        return self._until_screen(Phone.open)

    def _until_screen(self, act: Act) -> float:
        began = now()
        for phone in self.phones:
            act(phone)
        self.wait(lambda: all(phone.screen_at for phone in self.phones))
        return max(phone.screen_at for phone in self.phones) - began

    def wait(self, true: Callable[[], bool]) -> None:
        """Goes on until it is so; fails if that never happens."""
        if not self.loop.until(true, LONG):
            missing = sum(not phone.screen_at for phone in self.phones)
            raise AssertionError(f"{missing} of {len(self)} phones hang")

    # -- answering --

    def _clocked(self, phones: Sequence[Phone], since: float = 0.0) -> list[float]:
        """The list that will hold how many seconds each acknowledgement took, or since when."""
        late: list[float] = []

        def acked(phone: Phone, _number: int, packet: bytes) -> None:
            late.append(now() - (since or phone.sent_at))
            self.refused += b'"ok":true' not in packet

        for phone in phones:
            phone.acked = acked
        return late

    def burst(self, count: int) -> list[float]:
        """So many answer in the same instant; the seconds each waited, counted from the first."""
        phones = self.phones[:count]
        late = self._clocked(phones, since=now())
        for phone in phones:
            phone.submit()
        self.wait(lambda: len(late) >= count)
        return late

    def paced(self, seconds: float, phones: Sequence[Phone] = ()) -> list[float]:
        """All answer once, evenly over so many seconds; the seconds each waited."""
        phones = phones or self.phones
        late = self._clocked(phones)
        self.loop.paced([phone.submit for phone in phones], seconds)
        self.wait(lambda: len(late) >= len(phones))
        return late

    def saturate(self, seconds: float) -> float:
        """Each answers again as soon as it is acknowledged; acknowledgements a second."""
        count, end = 0, now() + seconds

        def acked(phone: Phone, _number: int, packet: bytes) -> None:
            nonlocal count
            self.refused += b'"ok":true' not in packet
            if now() < end:
                count += 1
                phone.submit()

        for phone in self.phones:
            phone.acked = acked
            phone.submit()
        self.loop.idle(seconds + 1)
        return count / seconds

    # -- screens --

    def hear(self, start: bytes, act: Callable[[], float]) -> float:
        """Does something that says when it began; seconds until all have heard `start`."""
        heard: dict[int, float] = {}

        def hears(phone: Phone, packet: bytes) -> None:
            if packet.startswith(start):
                heard[id(phone)] = now()

        for phone in self.phones:
            phone.heard = hears
        began = act()
        self.wait(lambda: len(heard) >= len(self))
        for phone in self.phones:
            phone.heard = None
        return max(heard.values()) - began

    # -- a bad network --

    def storm(self, within: float) -> float:
        """Answers are on their way when every network drops; each is back after its own time.

        Comes back with the same answer under the same id, as a phone's outbox does. Seconds from
        the drop until all have screen and acknowledgement.
        """
        ids = {
            id(phone): f"storm-{n:06}-{phone.room.open[:8]}" for n, phone in enumerate(self.phones)
        }
        done: set[int] = set()
        for phone in self.phones:
            phone.given += 1
            phone.submit(ids[id(phone)])
        self.loop.turn(0)
        began = now()
        for phone in self.phones:
            phone.leave()
            phone.screen_at = 0.0
        self._back(within, ids, done, began)
        return max(phone.screen_at for phone in self.phones) - began

    def _back(self, within: float, ids: dict[int, str], done: set[int], began: float) -> None:
        def acked(phone: Phone, _number: int, packet: bytes) -> None:
            self.refused += b'"ok":true' not in packet
            done.add(id(phone))

        def heard(phone: Phone, packet: bytes) -> None:
            if packet.startswith(b'42["screen"') and id(phone) not in done:
                phone.submit(ids[id(phone)])

        due = sorted((began + random.random() * within, n) for n in range(len(self)))
        for phone in self.phones:
            phone.acked, phone.heard = acked, heard
        for at, n in due:
            while (left := at - now()) > 0:
                self.loop.turn(min(left, 0.005))
            self.phones[n].open()
        self.wait(lambda: len(done) >= len(self) and all(p.screen_at for p in self.phones))
