"""`kill -9` at random moments under load: what was acknowledged is there, once."""

import os
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from sqlalchemy import func, select

from bench.loop import Loop
from bench.phone import Phone, now
from bench.remote import Remote
from bench.report import Figure, Report
from bench.room import LEAD, Room, answer, make_rooms
from game.store.tables import Player, Point, RoundRow, Submission, Workshop
from tests.serving import Server, cookie_line

PHONES = 150
SHORT, LONG = 5, 50


@dataclass
class Count:
    """What was counted after all kills; `back` are the seconds until the room was whole again."""

    sent: int = 0
    acknowledged: int = 0
    found: int = 0
    doubled: int = 0
    lost: int = 0
    wrong_points: int = 0
    players_lost: int = 0
    phase: str = ""
    back: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"sent {self.sent:,}, acknowledged {self.acknowledged:,}, found {self.found:,}, "
            f"doubled {self.doubled}, lost {self.lost}, players with wrong points "
            f"{self.wrong_points}, players lost {self.players_lost}, round {self.phase}"
        )


@dataclass
class Hand:
    """One player: what was sent and not yet acknowledged, what was, and the points last told."""

    phone: Phone
    pending: dict[str, Any] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    points: int = 0
    sent: int = 0


class Siege:
    """A room of phones that answer without a pause, and a server that is killed."""

    def __init__(self, server: Server, room: Room, cookie: str, count: int) -> None:
        self.server, self.room, self.loop = server, room, Loop()
        self.remote = Remote(self.loop, server.port, room, cookie)
        phones = [Phone(self.loop, server.port, room, f"P{n:04}") for n in range(count)]
        self.hands = {id(phone): Hand(phone) for phone in phones}
        self.playing = False

    def begin(self) -> None:
        """Everybody comes, and the round opens."""
        for hand in self.hands.values():
            hand.phone.come()
        assert self.loop.until(lambda: self._all_here(), 60), "not everybody came"
        self.remote.sit().until("round", "open")
        for hand in self.hands.values():
            hand.phone.acked, hand.phone.heard = self._acked, self._heard
        self.resume()

    def _all_here(self) -> bool:
        return all(hand.phone.screen_at for hand in self.hands.values())

    def resume(self) -> None:
        """Everybody answers: what is not acknowledged yet first, under the id it had."""
        self.playing = True
        for hand in self.hands.values():
            self._submit(hand)

    def _submit(self, hand: Hand) -> None:
        if not hand.pending:
            given = answer(LEAD, hand.sent)
            given["name"] = f"{hand.phone.nickname} {hand.sent} Imaginaire"
            given["reach"], given["reach_value"], given["company"] = "", "", ""
            hand.pending = {"id": os.urandom(8).hex(), "round": self.room.open, "answer": given}
            hand.sent += 1
        hand.phone.emit("submit", hand.pending)

    def _acked(self, phone: Phone, _number: int, packet: bytes) -> None:
        hand, said = self.hands[id(phone)], orjson.loads(packet)[0]
        if not said["ok"]:
            assert said["error"]["code"] in ("busy", "catching_up", "throttled"), said
            return
        if said["id"] != hand.pending.get("id"):
            return  # it went out again when a screen came, and was acknowledged twice
        hand.acknowledged.append(said["id"])
        hand.points, hand.pending = said["points"], {}
        if self.playing:
            self._submit(hand)

    def _heard(self, phone: Phone, packet: bytes) -> None:
        if packet.startswith(b'42["screen"') and self.hands[id(phone)].pending:
            self._submit(self.hands[id(phone)])

    def kill(self) -> float:
        """Kills the server and starts it again; seconds until everybody is back and answered."""
        began = now()
        self.server.kill()
        for hand in self.hands.values():
            hand.phone.leave()
            hand.phone.screen_at = 0.0
        self.server.start()
        acknowledged = {key: len(hand.acknowledged) for key, hand in self.hands.items()}
        for hand in self.hands.values():
            hand.phone.open()
        whole = self.loop.until(
            lambda: all(len(h.acknowledged) > acknowledged[k] for k, h in self.hands.items()), 60
        )
        assert whole, "not everybody came back"
        return now() - began

    def end(self) -> None:
        """Nobody answers any more; what is on its way is waited for."""
        self.playing = False
        done = self.loop.until(lambda: not any(h.pending for h in self.hands.values()), 30)
        assert done, "some answers were never acknowledged"

    def leave(self) -> None:
        """Everybody goes."""
        for line in (self.remote, *(hand.phone for hand in self.hands.values())):
            line.leave()
        self.loop.epoll.close()

    def count(self) -> Count:
        """Compares what the phones were told with what the database has."""
        store = self.server.store()
        with store.session() as s:
            found = Counter(s.scalars(select(Submission.id)))
            slots = s.execute(select(Submission.player_id, Submission.slot))
            twice = [key for key, n in Counter(tuple(row) for row in slots).items() if n > 1]
            players = {p.nickname: p for p in s.scalars(select(Player))}
            sums = select(Point.player_id, func.sum(Point.amount)).group_by(Point.player_id)
            ledger = {row[0]: int(row[1]) for row in s.execute(sums)}
            phase = s.get_one(RoundRow, self.room.open).phase
            stage = s.get_one(Workshop, self.room.id).stage
        store.close()
        told = [id for hand in self.hands.values() for id in hand.acknowledged]
        return Count(
            sent=sum(hand.sent for hand in self.hands.values()),
            acknowledged=len(told),
            found=len(found),
            doubled=len(twice) + sum(n > 1 for n in found.values()),
            lost=len(set(told) - set(found)),
            wrong_points=sum(
                not _right(hand, players, ledger)
                for hand in self.hands.values()
                if hand.phone.nickname in players
            ),
            players_lost=sum(h.phone.nickname not in players for h in self.hands.values()),
            phase=f"{stage} {phase}",
        )


def _right(hand: Hand, players: dict[str, Player], ledger: dict[str, int]) -> bool:
    """Do the player's sum, the ledger and what the phone was told agree?"""
    player = players[hand.phone.nickname]
    return player.provisional == ledger.get(player.id, 0) == hand.points


def besiege(folder: Path, times: int, phones: int) -> Count:
    """Plays, and kills the server so many times at random moments."""
    server = Server(folder, LOG_LEVEL="warning").start()
    try:
        staff = server.admin()
        cookie = cookie_line(staff.http.cookies)
        store = server.store()
        (room,) = make_rooms(store, 1, (LEAD,))
        store.close()
        siege = Siege(server, room, cookie, phones)
        siege.begin()
        back = []
        for _ in range(times):
            siege.loop.idle(random.uniform(0.2, 1.5))
            back.append(siege.kill())
        siege.end()
        counted = siege.count()
        siege.leave()
    finally:
        server.kill()
    counted.back = back
    return counted


def run(report: Report, long: bool) -> None:
    """Kills, and what was lost."""
    times = LONG if long else SHORT
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        count = besiege(Path(folder), times, PHONES)
    what = f"kill -9, {times} times under load: acknowledged answers that are lost"
    report.add(Figure(what, count.lost, "", most=0, note=str(count)))
    report.add(Figure("  answers or points that count twice", count.doubled, "", most=0))
    wrong = count.players_lost + count.wrong_points
    report.add(Figure("  players lost, or with wrong points", wrong, "", most=0))
    what = "  from the kill until every phone has answered again, the start included"
    report.add(Figure(what, median(count.back), "s", note=f"longest {max(count.back):.1f} s"))
