"""Proof of presence, where a door asks for it: who goes through, and who waits."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, select, update

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules import presence
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player, Workshop
from game.workshop.addresses import Addresses

WAITING = Prepared(
    select(func.count().label("many")).where(
        Player.workshop_id == bindparam("workshop"), Player.waiting
    )
)
MISSED = Prepared(
    update(Workshop)
    .where(Workshop.id == bindparam("workshop"))
    .values(wrong_signs=bindparam("wrong"), wrong_at=bindparam("since"))
)
SIGN_FIELDS = tuple(f"sign_{n + 1}" for n in range(presence.MANY))
TICKED = ("1", "True")  # by a form, by its script
MOST_WAITING = 200  # at the door of one workshop, to be let in by hand


class PresenceProof:
    """What a door that asks for proof of presence lets through, during one transaction."""

    def __init__(
        self, connection: Connection, workshop: Found | None, secret: str, addresses: Addresses
    ) -> None:
        self.connection = connection
        self.workshop = workshop
        self.secret = secret
        self.addresses = addresses
        self.tries = presence.Tries()
        self.many: int | None = None
        if workshop is not None:
            self.tries = presence.Tries(workshop.wrong_signs, workshop.wrong_at)
        self.before = self.tries

    def waits(self, typed: Mapping[str, str], address: str) -> bool:
        """Is this a guest to be let in by hand? Raises Refusal for wrong signs."""
        if self.workshop is None or not self.workshop.presence:
            return False
        if typed.get("away") in TICKED:
            self.addresses.check_waiting(self.workshop.id, address)
            self._check_room()
            return True
        given = [typed.get(name, "") for name in SIGN_FIELDS]
        if not all(given):
            raise Refusal("bad_input", {SIGN_FIELDS[0]: "missing"})
        self._check_signs(self.workshop.id, given, address)
        return False

    def _check_signs(self, workshop_id: str, given: Sequence[str], address: str) -> None:
        """Raises Refusal for wrong ones, and where too many were wrong before."""
        now, who = now_ms(), (workshop_id, address)
        is_known = self.addresses.is_known(*who)
        self.tries = self.tries.now(now)
        if self.addresses.are_over(*who) or (self.tries.are_over and not is_known):
            raise Refusal("bad_input", {SIGN_FIELDS[0]: "signs_wait"})
        if presence.is_right(self.secret, workshop_id, given, now):
            self.addresses.came(*who)
            return
        self.addresses.missed(*who)
        if not is_known:
            self.tries = self.tries.missed()
        raise Refusal("bad_input", {SIGN_FIELDS[0]: "signs_wrong"})

    def _check_room(self) -> None:
        """Raises Refusal where too many wait already."""
        if self.many is None and self.workshop is not None:
            self.many = WAITING.all(self.connection, workshop=self.workshop.id)[0].many
        self.many = (self.many or 0) + 1
        if self.many > MOST_WAITING:
            raise Refusal("door_full")

    def remember(self) -> None:
        """Writes the wrong guesses, whichever worker heard them."""
        if self.workshop is not None and self.tries != self.before:
            tries = {"wrong": self.tries.wrong, "since": self.tries.at}
            MISSED.run_each(self.connection, [{"workshop": self.workshop.id, **tries}])
