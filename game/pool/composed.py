"""What a lead is as long as nobody at the desk has touched it: what its recommendations say."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from game.pool import keys
from game.rules.person import match_keys
from game.rules.sought import folded
from game.store.prepared import Among, Prepared
from game.store.tables import Lead, Recommendation, Workshop

FIRST = ("name", "channel", "internal")  # as the first who named the person said
FILLED = ("role", "company", "mail", "phone", "link")  # by the first who said it
LEADS = Prepared(
    select(
        *(Lead.id, Lead.verdict, Lead.origin, Lead.informed_at, Lead.corrected_at),
        Lead.rehearsed,
    ).where(Among(Lead.id, "leads"))
)
SAID = Prepared(
    select(
        *(Recommendation.lead_id, Recommendation.name, Recommendation.channel),
        *(Recommendation.internal, Recommendation.role, Recommendation.company),
        *(Recommendation.mail, Recommendation.phone, Recommendation.link, Recommendation.skills),
        Workshop.sort,
    )
    .outerjoin(Workshop, Workshop.id == Recommendation.workshop_id)
    .where(Among(Recommendation.lead_id, "leads"))
    .order_by(Recommendation.at, Recommendation.id)
)


def compose(said: Sequence[Any]) -> dict[str, Any]:
    """The fields of a lead from its recommendations, oldest first; at least one."""
    fields = {name: getattr(said[0], name) for name in FIRST}
    for name in FILLED:
        fields[name] = next((value for one in said if (value := getattr(one, name))), "")
    fields["skills"] = list(dict.fromkeys(skill for one in said for skill in one.skills))
    return {**fields, "folded": folded(fields)}


def is_untouched(lead: Any) -> bool:
    """Is it as players brought it: neither imported, judged, told nor corrected?"""
    fresh = not (lead.verdict or lead.informed_at or lead.corrected_at)
    return fresh and lead.origin == "workshop"


def recompose(connection: Connection, leads: Iterable[str]) -> None:
    """Brings leads in line with what is said of them after recommendations came or went.

    One whom nobody recommends any more is forgotten. What the desk has touched stays as it is.
    """
    ids = sorted(set(leads))
    if not ids:
        return
    said: dict[str, list[Any]] = {}
    for one in SAID.all(connection, leads=ids):
        said.setdefault(one.lead_id, []).append(one)
    for lead in LEADS.all(connection, leads=ids):
        own = said.get(lead.id, [])
        if is_untouched(lead):
            _recompose(connection, lead, own)
        elif own and lead.rehearsed != is_rehearsed(lead, own):
            _write(connection, lead, rehearsed=not lead.rehearsed)


def is_rehearsed(lead: Any, said: Sequence[Any]) -> bool:
    """Do only demonstrations and rehearsals know them? `said` has the sort of each workshop."""
    return lead.origin == "workshop" and not any(_is_real(one) for one in said)


def _is_real(said: Any) -> bool:
    return said.sort in (None, "real")


def _recompose(connection: Connection, lead: Any, said: Sequence[Any]) -> None:
    if not said:
        connection.execute(delete(Lead).where(Lead.id == lead.id))
        return
    rehearsed = is_rehearsed(lead, said)
    counted = said if rehearsed else [one for one in said if _is_real(one)]
    _write(connection, lead, **compose(counted), rehearsed=rehearsed)
    keys.replace(connection, lead.id, {key for one in said for key in match_keys(one)})


def _write(connection: Connection, lead: Any, **values: object) -> None:
    connection.execute(update(Lead).where(Lead.id == lead.id).values(**values))
