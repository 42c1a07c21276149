"""The ledger: the only hand on entries of points, and on the sums that players carry of them.

A player's `provisional` sum is that of all entries but the revoked ones, `confirmed` that of the
confirmed ones. Whatever changes an entry here changes the sums in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from game.points.account import CONFIRMED, PROVISIONAL, REVOKED, Account, Line
from game.rules.round import Entry
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import Player, Point

COLUMNS = ("player_id", "round_id", "slot", "reason", "amount", "at", "status", "settled")
SEAL = "pursue"  # the entry that every verdict writes, if only with 0 points
BOOKED = Prepared(
    select(
        *(Point.player_id, Point.round_id, Point.slot, Point.reason),
        *(Point.amount, Point.status, Point.settled, Point.lead_id),
    ).where(Among(Point.player_id, "players"), Among(Point.round_id, "rounds"))
)
DROP = Prepared(
    delete(Point).where(
        Point.player_id == bindparam("player"),
        Point.round_id == bindparam("round"),
        Point.slot == bindparam("slot"),
        Point.reason == bindparam("reason"),
    )
)
ADD = Prepared(
    update(Player)
    .where(Player.id == bindparam("player"))
    .values(provisional=Player.provisional + bindparam("change"))
)

ADD_LIST = """
UPDATE players SET provisional = players.provisional + given.change
FROM json_to_recordset(%(rows)s::json) AS given(player varchar, change integer)
WHERE players.id = given.player
"""


def _upsert(dialect: ModuleType) -> Prepared:
    statement = dialect.insert(Point)
    changed = {name: statement.excluded[name] for name in ("amount", "at")}
    keys = ["player_id", "round_id", "slot", "reason"]
    return Prepared(statement.on_conflict_do_update(index_elements=keys, set_=changed), COLUMNS)


WRITE = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


SETTLED = Prepared(insert(Point), (*COLUMNS, "lead_id"))


class Accounts(dict[tuple[str, str], Account]):
    """Accounts by player and round; an empty one where nothing was earned yet."""

    def __missing__(self, key: tuple[str, str]) -> Account:
        self[key] = Account(*key)
        return self[key]


def accounts(connection: Connection, players: Sequence[str], rounds: Sequence[str]) -> Accounts:
    """What these players have earned in these rounds."""
    found = Accounts()
    for row in BOOKED.raw(connection, players=list(players), rounds=list(rounds)):
        player, round_id, slot, reason, amount, status, settled, lead = row
        line = Line(amount, status, bool(settled), lead)
        found[player, round_id].lines[slot, reason] = line
    return found


def write(connection: Connection, changed: Iterable[Account], at: int) -> None:
    """Writes what changed in these accounts since they were read; `at` in milliseconds."""
    touched = [account for account in changed if account.written or account.dropped]
    drops = [
        {"player": a.player, "round": a.round, "slot": slot, "reason": reason}
        for a in touched
        for slot, reason in a.dropped
    ]
    if drops:
        DROP.run_each(connection, drops)
    rows = [
        _row(a.player, a.round, slot, reason, amount, at)
        for a in touched
        for (slot, reason), amount in a.written.items()
    ]
    if rows:
        WRITE[connection.dialect.name].run_each(connection, rows)
    sums = [{"player": a.player, "change": a.change} for a in touched if a.change]
    if sums:
        _add(connection, sums)


def _add(connection: Connection, sums: Sequence[Mapping[str, object]]) -> None:
    """Adds the changes to the players' sums: one statement where the database takes a list."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(ADD_LIST, {"rows": orjson.dumps(sums).decode()})
    else:
        ADD.run_each(connection, sums)


def _row(
    player: str, round_id: str, slot: str, reason: str, amount: int, at: int
) -> dict[str, object]:
    values = (player, round_id, slot, reason, amount, at, PROVISIONAL, False)
    return dict(zip(COLUMNS, values, strict=True))


def settle(
    session: Session,
    round_id: str,
    workshop_id: str,
    earned: Mapping[str, Sequence[Entry]],
    leads: Mapping[tuple[str, str], str],
    at: int,
) -> None:
    """Writes what the settlement of a round brings each player, in the place of an earlier one.

    What it brings for a judged lead follows the verdict; a slot that was judged for another lead
    than the one that stands there now (`leads`, by player and slot) brings nothing more.
    """
    _clear_settled(session, round_id)
    seals = _seals(session, round_id)
    rows = []
    for player, entries in earned.items():
        for entry in entries:
            status, lead = seals.get((player, entry.slot), (PROVISIONAL, None))
            if entry.amount and lead in (None, leads.get((player, entry.slot))):
                row = _row(player, round_id, entry.slot, entry.reason, entry.amount, at)
                rows.append({**row, "settled": True, "status": status, "lead_id": lead})
    if rows:
        SETTLED.run_each(session.connection(), rows)
    sum_up(session, Player.workshop_id == workshop_id)


def _seals(session: Session, round_id: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    """The judged slots of a round: how, and for which lead."""
    rows = session.execute(
        select(Point.player_id, Point.slot, Point.status, Point.lead_id).where(
            Point.round_id == round_id, Point.lead_id.is_not(None)
        )
    )
    return {(row.player_id, row.slot): (row.status, row.lead_id) for row in rows}


def unsettle(session: Session, round_id: str, workshop_id: str) -> None:
    """Takes back what the settlement of a round had brought."""
    _clear_settled(session, round_id)
    sum_up(session, Player.workshop_id == workshop_id)


def _clear_settled(session: Session, round_id: str) -> None:
    session.execute(delete(Point).where(Point.round_id == round_id, Point.settled.is_(True)))


Slot = tuple[str, str, str]  # player, round, slot


def judge(session: Session, slot: Slot, lead_id: str, at: int, *, fake: bool, bonus: int) -> bool:
    """Seals the entries of a slot with a verdict on the lead that stands there.

    They are confirmed, with `bonus`, or revoked if the lead is fake. False, and nothing changes,
    where the slot was judged for another lead before. The seal keeps when it was first put there.
    """
    sealed = session.scalars(select(Point.lead_id).where(*_in(slot), Point.lead_id != lead_id))
    if sealed.first() is not None:
        return False
    status = REVOKED if fake else CONFIRMED
    seal = (*_in(slot), Point.reason == SEAL)
    first = min(at, session.scalar(select(Point.at).where(*seal)) or at)
    session.execute(delete(Point).where(*seal))
    row = {**_row(*slot, SEAL, 0 if fake else bonus, first), "status": status, "lead_id": lead_id}
    session.execute(insert(Point), [row])
    session.execute(update(Point).where(*_in(slot)).values(status=status, lead_id=lead_id))
    return True


def give(session: Session, slot: Slot, reason: str, amount: int, sealed_by: str, at: int) -> None:
    """A confirmed entry that no answer of its player touches, once for each slot."""
    if session.scalars(select(Point.amount).where(*_in(slot))).first() is not None:
        return
    row = {**_row(*slot, reason, amount, at), "status": CONFIRMED, "lead_id": sealed_by}
    session.execute(insert(Point), [row])
    sum_up(session, Player.id == slot[0])


def sealed_after(session: Session, lead_id: str, at: int) -> set[Slot]:
    """The slots that were first sealed for this lead by a verdict later than `at`."""
    later = Point.lead_id == lead_id, Point.reason == SEAL, Point.at > at
    rows = session.execute(select(Point.player_id, Point.round_id, Point.slot).where(*later))
    return {(row.player_id, row.round_id, row.slot) for row in rows}


def unjudge(session: Session, slot: Slot, lead_id: str) -> None:
    """Opens again what a verdict on this lead had sealed in a slot."""
    mine = (*_in(slot), Point.lead_id == lead_id)
    session.execute(delete(Point).where(*mine, Point.reason == SEAL))
    session.execute(update(Point).where(*mine).values(status=PROVISIONAL, lead_id=None))


def release(session: Session, lead_id: str) -> set[tuple[str, str]]:
    """Opens whatever a verdict on this lead had sealed, also where somebody else stands by now.

    Returns the (player, round) in which entries were opened.
    """
    mine = Point.lead_id == lead_id
    sealed = session.execute(select(Point.player_id, Point.round_id).where(mine).distinct())
    found = {(row[0], row[1]) for row in sealed}
    players = {player for player, _ in found}
    session.execute(delete(Point).where(mine, Point.reason == SEAL))
    session.execute(update(Point).where(mine).values(status=PROVISIONAL, lead_id=None))
    sum_up(session, Player.id.in_(players))
    return found


def pass_on(session: Session, slots: Iterable[Slot], was: str, now: str) -> None:
    """The entries that a verdict on one lead had sealed belong to another: they are one person."""
    for slot in slots:
        session.execute(update(Point).where(*_in(slot), Point.lead_id == was).values(lead_id=now))


def _in(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    player, round_id, name = slot
    return Point.player_id == player, Point.round_id == round_id, Point.slot == name


def sum_up(session: Session, *whose: ColumnElement[bool]) -> None:
    """Makes the sums of players what their entries come to; `whose` are conditions on Player."""
    session.flush()
    sums = {
        name: select(func.coalesce(func.sum(Point.amount), 0))
        .where(Point.player_id == Player.id, Point.status.in_(statuses))
        .scalar_subquery()
        for name, statuses in (
            ("provisional", (PROVISIONAL, CONFIRMED)),
            ("confirmed", (CONFIRMED,)),
        )
    }
    session.execute(
        update(Player).where(*whose).values(**sums).execution_options(synchronize_session=False)
    )
    session.expire_all()
