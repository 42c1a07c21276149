"""What leads are recognised by: the keys they have, and those that they once had."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import FormerKey, LeadKey

KNOWN = Prepared(select(LeadKey.key, LeadKey.lead_id).where(Among(LeadKey.key, "keys")))
OF = Prepared(select(LeadKey.key, LeadKey.lead_id).where(Among(LeadKey.lead_id, "leads")))


def _insert_new(table: type[LeadKey | FormerKey]) -> dict[str, Prepared]:
    """By database: writes keys of leads, passing over those that are there already."""
    return {
        name: Prepared(dialect.insert(table).on_conflict_do_nothing(), ("key", "lead_id"))
        for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
    }


GIVE, REMEMBER = _insert_new(LeadKey), _insert_new(FormerKey)
TAKE = Prepared(
    delete(LeadKey).where(
        LeadKey.key == bindparam("was_key"), LeadKey.lead_id == bindparam("was_lead")
    )
)


def leads_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """The lead that each of these keys belongs to, where there is one."""
    return {row[0]: row[1] for row in KNOWN.raw(connection, keys=sorted(set(keys)))}


def keys_by_lead(connection: Connection, leads: Iterable[str]) -> dict[str, set[str]]:
    """The keys that each of these leads has."""
    found: dict[str, set[str]] = {lead: set() for lead in leads}
    for key, lead in OF.raw(connection, leads=sorted(found)):
        found[lead].add(key)
    return found


def give(connection: Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Gives leads these keys; one that another lead has stays with that one."""
    pairs = sorted((key, lead) for lead, own in keys.items() for key in own)
    rows = [{"key": key, "lead_id": lead} for key, lead in pairs]  # in one order: no deadlock
    if rows:
        GIVE[connection.dialect.name].run_each(connection, rows)


def remember(connection: Connection, keys: Mapping[str, Iterable[str]]) -> None:
    """Keeps in mind that leads were known by these keys, so that erasing them covers those too."""
    pairs = sorted({(key, lead) for lead, own in keys.items() for key in own})
    rows = [{"key": key, "lead_id": lead} for key, lead in pairs]
    if rows:
        REMEMBER[connection.dialect.name].run_each(connection, rows)


def replace(connection: Connection, wanted: Mapping[str, Iterable[str]]) -> None:
    """Makes these the keys of leads; those that they lose are kept in mind."""
    had, now = keys_by_lead(connection, wanted), {lead: set(own) for lead, own in wanted.items()}
    gone = {lead: had[lead] - now[lead] for lead in now}
    pairs = sorted((key, lead) for lead, own in gone.items() for key in own)
    if pairs:
        TAKE.run_each(connection, [{"was_key": key, "was_lead": lead} for key, lead in pairs])
        remember(connection, gone)
    give(connection, {lead: sorted(now[lead] - had[lead]) for lead in now})
