"""What was ended since a backup was made stays ended when the backup is restored.

A restore brings back rows as they were. A link, a key, a token or a right that somebody took away
since would open doors again: so what the database holds right before is remembered, and laid over
what came. Rows are told by their identifiers, which no other house has: where another house's
backup is restored, nothing is laid over it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, delete, insert, select, update

from game.store.base import Base

# what opens a door, or shuts it: as it is now, it stays
AS_NOW: Mapping[str, tuple[str, ...]] = {
    "users": ("nonce", "password_hash", "role", "disabled_at"),
    "workshops": ("projector_key",),
    "players": ("key", "removed_at", "waiting", "handover", "handover_until"),
    "leads": ("link_nonce", "agreed_at", "kept_until"),  # a yes to be kept, or its end
    "grid_interviews": ("agreed_at",),
    "merges": ("other",),  # with the link of whoever was merged
    "colleagues": ("key",),
    "occasions": ("closes_on",),
    "webhooks": ("url", "nonce", "former_nonce", "active"),
    "year_links": ("closed_at",),
}
# what is deleted when it ends: gone it stays, where all that it belongs to is there now; what
# belongs to the house alone, where the backup has a user of today
GONE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "players": (("workshop_id", "workshops"),),
    "helpers": (("workshop_id", "workshops"), ("user_id", "users")),
    "invitations": (("player_id", "players"),),
    "nominations": (("player_id", "players"),),
    "interviews": (("lead_id", "leads"),),
    "colleagues": (("added_by", "users"),),
    "webhooks": (("created_by", "users"),),
    "chat_rooms": (("created_by", "users"),),
    "year_links": (),
    "guest_cards": (("occasion_id", "occasions"),),
    "target_settings": (("user_id", "users"),),
}
# what belongs to a user: theirs are those of now, and no other
OF_USERS = ("feeds", "api_tokens")
SEALED_OF_USERS = ("second_factors", "recovery_codes")  # readable with the house's secret alone
Id = tuple[Any, ...]
Held = dict[str, dict[Id, dict[str, object]]]


def _id(table: Table, row: Mapping[str, object] | RowMapping) -> Id:
    return tuple(row[column.name] for column in table.primary_key)


def held_now(connection: Connection, tables: Iterable[Table]) -> Held:
    """What holds, by table and identifier; call it before anything is deleted."""
    found: Held = {}
    for table in tables:
        name = table.name
        if name not in {*AS_NOW, *GONE, *OF_USERS, *SEALED_OF_USERS}:
            continue
        whole = name in (*OF_USERS, *SEALED_OF_USERS)
        kept = [
            c for c in table.columns if whole or c.primary_key or c.name in AS_NOW.get(name, ())
        ]
        rows = connection.execute(select(*kept), execution_options={"yield_per": 1_000})
        found[name] = {_id(table, row): dict(row) for row in rows.mappings()}
    return found


def keep_ended(connection: Connection, held: Held, *, same_secret: bool) -> None:
    """Lays what held before over what a backup brought."""
    common = _users_of_both(connection, held)
    for table in (t for t in Base.metadata.sorted_tables if t.name in held):
        if GONE.get(table.name) or (table.name in GONE and common):
            _drop_gone(connection, table, held)
        if table.name in AS_NOW:
            _as_now(connection, table, held[table.name])
    if "grid_interviews" in held:
        _without_a_yes(connection)
    theirs = (*OF_USERS, *(SEALED_OF_USERS if same_secret else ())) if common else ()
    for name in theirs:
        _of_users(connection, Base.metadata.tables[name], held[name], common)


def _without_a_yes(connection: Connection) -> None:
    """A transcript whose yes was taken back since does not come back."""
    said, talks = Base.metadata.tables["grid_passages"], Base.metadata.tables["grid_interviews"]
    withdrawn = select(talks.c.id).where(talks.c.agreed_at.is_(None))
    theirs = (said.c.source == "transcript", said.c.interview_id.in_(withdrawn))
    connection.execute(delete(said).where(*theirs))


def _users_of_both(connection: Connection, held: Held) -> list[str]:
    """The users of today who are in the backup, too."""
    now = {id for (id,) in held.get("users", {})}
    if not now:
        return []
    return sorted(now & set(connection.scalars(select(Base.metadata.tables["users"].c.id))))


def _drop_gone(connection: Connection, table: Table, held: Held) -> None:
    owners = GONE[table.name]
    columns = [*table.primary_key, *(table.c[column] for column, _ in owners)]
    there = held[table.name]
    for row in connection.execute(select(*columns)).mappings().all():
        known = all((row[column],) in held[owner] for column, owner in owners)
        if known and _id(table, row) not in there:
            connection.execute(delete(table).where(_is(table, _id(table, row))))


def _as_now(connection: Connection, table: Table, held: Mapping[Id, Mapping[str, object]]) -> None:
    names = AS_NOW[table.name]
    came = select(*table.primary_key, *(table.c[name] for name in names))
    for row in connection.execute(came).mappings().all():
        now = held.get(_id(table, row))
        changed = {name: now[name] for name in names if now[name] != row[name]} if now else {}
        if changed:
            connection.execute(update(table).where(_is(table, _id(table, row))).values(**changed))


def _of_users(
    connection: Connection, table: Table, held: Mapping[Id, Mapping[str, object]], users: list[str]
) -> None:
    for user in users:
        connection.execute(delete(table).where(table.c.user_id == user))
    rows = [dict(row) for row in held.values() if row["user_id"] in set(users)]
    if rows:
        connection.execute(insert(table), rows)


def _is(table: Table, id: Id) -> Any:
    return and_(*(c == value for c, value in zip(table.primary_key, id, strict=True)))
