"""The door: who comes in, under which name, in which team; and who is shown out, or back in."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules import nickname, rude
from game.rules.pack import Pack
from game.rules.person import mail_of
from game.store.base import new_id
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player, Workshop
from game.workshop.addresses import Addresses
from game.workshop.presence_proof import PresenceProof
from game.workshop.state import TEAMS

ROOM = Prepared(
    select(
        *(Workshop.id, Workshop.stage, Workshop.door_open, Workshop.asks, Workshop.teaming),
        *(Workshop.presence, Workshop.wrong_signs, Workshop.wrong_at),
    )
    .where(Workshop.id == bindparam("workshop"))
    .with_for_update()
)
COME = Prepared(
    select(
        *(Player.id, Player.key, Player.nickname, Player.removed_at, Player.joined_at),
        Player.waiting,
    ).where(Player.id == bindparam("id"))
)
OF_HOUSE = Prepared(
    select(Player.id, Player.key, Player.nickname, Player.removed_at, Player.waiting).where(
        Player.workshop_id == bindparam("workshop"), Player.subject == bindparam("subject")
    )
)
TAKEN = Prepared(select(Player.folded).where(Player.workshop_id == bindparam("workshop")))
NEW = Prepared(
    insert(Player),
    (
        *("id", "key", "workshop_id", "team_id", "nickname", "folded", "lang", "joined_at"),
        *("provisional", "confirmed", "real_name", "work_mail", "department", "doubtful"),
        *("removed_at", "waiting", "subject"),
    ),
)
AGAIN_MS = 10 * 60 * 1000  # a form that was sent gives its player back as long as this


@dataclass(frozen=True)
class Vouched:
    """Who the company's provider of identities says somebody is; `subject` is a digest."""

    subject: str
    real_name: str
    work_mail: str


@dataclass(frozen=True)
class Guest:
    """Somebody at the door of a workshop, and what they typed.

    `player_id` and `player_key` are who they become, where their page says so: its form sent twice
    is one player. `vouched` is who they are by the company's account, where they used it.
    `address` is where they come from, or the network that it is in.
    """

    workshop_id: str
    lang: str
    typed: Mapping[str, str]
    player_id: str = ""
    player_key: str = ""
    vouched: Vouched | None = None
    address: str = ""


@dataclass(frozen=True)
class Joined:
    """A player who came in: the id and key for their cookie, and the name they got.

    One who is `waiting` is to be let in by hand.
    """

    id: str
    key: str
    nickname: str
    waiting: bool = False


class Door:
    """The verb `join`, for the writer: `many` lets in whoever is waiting at once."""

    def __init__(self, packs: Mapping[str, Pack], secret: str) -> None:
        self.packs = packs
        self.secret = secret
        self.addresses = Addresses()
        self.many = self._many

    def proof_of(self, connection: Connection, workshop: Found | None) -> PresenceProof:
        """What a workshop's door lets through."""
        return PresenceProof(connection, workshop, self.secret, self.addresses)

    def _many(self, connection: Connection, guests: Sequence[Guest]) -> list[Joined | Refusal]:
        # in one order: two workers that let people into the same rooms must not wait in a circle
        ids = sorted({guest.workshop_id for guest in guests})
        rooms = {id: Entrance(self.packs, connection, id, self.proof_of) for id in ids}
        outcomes = [rooms[guest.workshop_id].let_in(guest) for guest in guests]
        rows = [row for room in rooms.values() for row in room.rows]
        if rows:
            NEW.run_each(connection, rows)
        for room in rooms.values():
            room.proof.remember()
        return outcomes


class Entrance:
    """The door of one workshop during one transaction."""

    def __init__(
        self,
        packs: Mapping[str, Pack],
        connection: Connection,
        workshop_id: str,
        proof_of: Callable[[Connection, Found | None], PresenceProof],
    ) -> None:
        self.packs = packs
        self.connection = connection
        self.rows: list[dict[str, object]] = []
        self.workshop = ROOM.first(connection, workshop=workshop_id)
        self.taken = {row[0] for row in TAKEN.raw(connection, workshop=workshop_id)}
        self.teams = TEAMS.all(connection, workshop=workshop_id)
        self.sizes = {team.id: int(team.size) for team in self.teams}
        self.proof = proof_of(connection, self.workshop)

    def let_in(self, guest: Guest) -> Joined | Refusal:
        """The new player, or why they stay out."""
        try:
            come = self._known(guest) or self._come(guest)
            if come:
                return come
            self._check_open()
            row = self._row(guest)
        except Refusal as refusal:
            return refusal
        self.rows.append(row)
        self.taken.add(row["folded"])
        return _joined(row)

    def _known(self, guest: Guest) -> Joined | None:
        """Who came in with this very account before, on whatever phone. Raises Refusal if out."""
        if guest.vouched is None:
            return None
        subject = guest.vouched.subject
        now = next((row for row in self.rows if row["subject"] == subject), None)
        if now:
            return _joined(now)
        row = OF_HOUSE.first(self.connection, workshop=guest.workshop_id, subject=subject)
        if row is not None and row.removed_at and not row.waiting:
            raise Refusal("removed")
        return Joined(row.id, row.key, row.nickname, row.waiting) if row else None

    def _come(self, guest: Guest) -> Joined | None:
        """Who came in by this form before, perhaps a moment ago.

        Raises Refusal if they are out, and where it was long ago: whoever comes upon a page that
        somebody else came in by must not become them.
        """
        now = next((row for row in self.rows if row["id"] == guest.player_id), None)
        if now or not guest.player_id:
            return _joined(now) if now else None
        row = COME.first(self.connection, id=guest.player_id)
        if row is None:
            return None
        if row.removed_at and not row.waiting:
            raise Refusal("removed")
        if row.key != guest.player_key or row.joined_at + AGAIN_MS < now_ms():
            self._check_open()
            raise Refusal("page_used")
        return Joined(row.id, row.key, row.nickname, row.waiting)

    def _check_open(self) -> None:
        if self.workshop is None or self.workshop.stage == "ended":
            raise Refusal("workshop_over")
        if not self.workshop.door_open:
            raise Refusal("door_locked")

    def _row(self, guest: Guest) -> dict[str, object]:
        name, doubtful = self._nickname(guest)
        identity = self._identity(guest)
        waiting = self.proof.waits(guest.typed, guest.address)
        return {
            "id": guest.player_id or new_id(),
            "key": guest.player_key or new_id(),
            "workshop_id": guest.workshop_id,
            "nickname": name,
            "doubtful": doubtful,
            "folded": nickname.fold(name),
            "team_id": self._team(guest, identity.get("department", "")),
            "removed_at": now_ms() if waiting else None,
            "waiting": waiting,
            "lang": guest.lang,
            "joined_at": now_ms(),
            "provisional": 0,
            "confirmed": 0,
            "real_name": identity.get("real_name", ""),
            "work_mail": identity.get("work_mail", ""),
            "department": identity.get("department", ""),
            "subject": guest.vouched.subject if guest.vouched else None,
        }

    def _nickname(self, guest: Guest) -> tuple[str, bool]:
        return free_name(self.packs, guest.typed.get("nickname", ""), self.taken)

    def _identity(self, guest: Guest) -> dict[str, str]:
        if self.workshop is None or self.workshop.asks != "identity":
            department = guest.typed.get("department", "").strip()[:80]
            found = {"department": department} if department else {}
            vouched = guest.vouched
            who = (
                {"real_name": vouched.real_name, "work_mail": vouched.work_mail} if vouched else {}
            )
            return {**found, **who}
        typed = {
            k: guest.typed.get(k, "").strip() for k in ("real_name", "work_mail", "department")
        }
        fields = {key: "missing" for key in ("real_name", "work_mail") if not typed[key]}
        for key in typed:
            if len(typed[key]) > 80 and key != "work_mail":
                fields[key] = "too_long"
        if typed["work_mail"] and not mail_of(typed["work_mail"]):
            fields["work_mail"] = "mail_invalid"
        if fields:
            raise Refusal("bad_input", fields)
        return typed

    def _team(self, guest: Guest, department: str) -> str | None:
        if not self.teams or self.workshop is None or self.workshop.teaming == "none":
            return None
        chosen = guest.typed.get("team", "")
        if self.workshop.teaming == "free" and chosen in self.sizes:
            team_id = chosen
        else:
            by_name = {nickname.fold(team.name): str(team.id) for team in self.teams}
            smallest = min(self.sizes, key=lambda id: self.sizes[id])
            wanted = self.workshop.teaming == "department"
            team_id = by_name.get(nickname.fold(department), smallest) if wanted else smallest
        self.sizes[team_id] += 1
        return team_id


def _joined(row: Mapping[str, object]) -> Joined:
    waiting = bool(row["waiting"])
    return Joined(str(row["id"]), str(row["key"]), str(row["nickname"]), waiting)


def free_name(packs: Mapping[str, Pack], typed: str, taken: set[str]) -> tuple[str, bool]:
    """The name as it will be shown: clean, decent, made different where taken; is it doubtful?

    Raises Refusal with the fault at `nickname`.
    """
    name = nickname.clean(typed)
    words = [word for pack in packs.values() for word in pack.rude]
    verdict = rude.judge(name, words)
    if verdict == "rude":
        raise Refusal("bad_input", {"nickname": "nickname_rude"})
    return nickname.make_free(name, taken), verdict == "doubtful"


def offer(pack: Pack, dice: random.Random) -> str:
    """A themed nickname."""
    return nickname.offer(pack.nicknames, dice)
