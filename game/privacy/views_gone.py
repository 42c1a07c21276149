"""Saved views that tell of somebody who is about to be deleted: they go too.

A view is facets and order under a name that a recruiter chose. The name may be a person's, and an
employer whom nobody else in the pool has tells of one person alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, select

from game.rules.person import fold
from game.store.tables import Lead, SavedView

AT_ONCE = 500


def drop_views(connection: Connection, lead_ids: Sequence[str]) -> None:
    """Deletes the views that name these leads, or an employer whom no other lead has."""
    views = connection.execute(select(SavedView.id, SavedView.name, SavedView.filter)).all()
    if not views:
        return
    going = list(_going(connection, lead_ids))
    names = {fold(name) for name, _ in going}
    alone = _alone(connection, {company for _, company in going}, lead_ids, [v[2] for v in views])
    told = [v.id for v in views if _names(v.name, names) or v.filter.get("company") in alone]
    if told:
        connection.execute(delete(SavedView).where(SavedView.id.in_(told)))


def _going(connection: Connection, lead_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at in range(0, len(lead_ids), AT_ONCE):
        some = Lead.id.in_(lead_ids[at : at + AT_ONCE])
        rows = connection.execute(select(Lead.name, Lead.company).where(some))
        yield from ((row.name, row.company) for row in rows)


def _names(title: str, names: set[str]) -> bool:
    """Does a view's name hold one of the full names, however it is spelt?"""
    folded = f" {fold(title)} "
    return any(" " in name and f" {name} " in folded for name in names)


def _alone(
    connection: Connection,
    companies: set[str],
    lead_ids: Sequence[str],
    filters: Sequence[Mapping[str, object]],
) -> set[str]:
    """Those of the employers that a view asks for whom only these leads have."""
    asked = {str(one["company"]) for one in filters if one.get("company")} & companies
    going = set(lead_ids)
    having = select(Lead.id, Lead.company).where(Lead.company.in_(asked))
    others = {company for id, company in connection.execute(having) if id not in going}
    return asked - others
