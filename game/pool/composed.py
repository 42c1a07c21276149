"""What a lead is as long as nobody at the desk has touched it: what its recommendations say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, bindparam, delete, select, update

from game.pool import keys
from game.pool.doubles import compare_again
from game.privacy.erase import gone as tell_gone
from game.rules.person import Known, match_keys
from game.rules.sought import folded
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Lead, Recommendation, Workshop

FIRST = ("name", "channel", "internal")  # as the first who named the person said
FILLED = ("role", "company", "mail", "phone", "link")  # by the first who said it
COMPOSED = (*FIRST, *FILLED, "skills", "folded")
WRITTEN = (*COMPOSED, "rehearsed")
LEADS = Prepared(
    select(
        *(Lead.id, Lead.verdict, Lead.origin, Lead.informed_at, Lead.corrected_at),
        *(getattr(Lead, name) for name in WRITTEN),
    ).where(Among(Lead.id, "leads"))
)
CHANGED = Prepared(
    update(Lead)
    .where(Lead.id == bindparam("lead"))
    .values({getattr(Lead, name): bindparam(f"new_{name}") for name in WRITTEN})
)
GONE = Prepared(delete(Lead).where(Among(Lead.id, "leads")))
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


class Says(Known, Protocol):
    """What is said of a person; more by name, see FIRST and FILLED."""

    @property
    def skills(self) -> Sequence[str]: ...


class SaidOf(Says, Protocol):
    """A row of SAID."""

    lead_id: str
    sort: str | None


def compose(said: Sequence[Says]) -> dict[str, object]:
    """The fields of a lead from its recommendations, oldest first; at least one."""
    fields = {name: getattr(said[0], name) for name in FIRST}
    for name in FILLED:
        fields[name] = next((value for one in said if (value := getattr(one, name))), "")
    fields["skills"] = list(dict.fromkeys(skill for one in said for skill in one.skills))
    return {**fields, "folded": folded(fields)}


def is_untouched(lead: Found) -> bool:
    """Is it as players brought it: neither imported, judged, told nor corrected?"""
    fresh = not (lead.verdict or lead.informed_at or lead.corrected_at)
    return fresh and lead.origin == "workshop"


def enrich(
    connection: Connection, said: Mapping[str, Sequence[Says]], found: Mapping[str, Iterable[str]]
) -> None:
    """Adds to leads what was said of them since, and the keys that were `found` in it.

    All of it was said where the lead comes from: at workshops that are real, or at none that is.
    It comes to what `recompose` makes of all that was ever said, without reading it again: a
    person whom a whole room names costs the last who does no more than the first.
    """
    leads = [lead for lead in LEADS.all(connection, leads=sorted(said)) if is_untouched(lead)]
    composed = [(lead, compose([lead, *said[lead.id]])) for lead in leads]
    _change(connection, [(lead, {**new, "rehearsed": lead.rehearsed}) for lead, new in composed])
    keys.give(connection, {lead.id: sorted(set(found[lead.id])) for lead in leads})


def _change(connection: Connection, written: Sequence[tuple[Found, Mapping[str, object]]]) -> None:
    """Writes the fields of leads (rows of LEADS) where they are others now."""
    rows = [
        {"lead": lead.id, **{f"new_{name}": value for name, value in fields.items()}}
        for lead, fields in written
        if any(getattr(lead, name) != value for name, value in fields.items())
    ]
    if rows:
        CHANGED.run_each(connection, rows)
    real = [lead.id for lead, fields in written if lead.rehearsed and not fields["rehearsed"]]
    compare_again(connection, real)  # who came long ago, and is of the pool from now on


def recompose(connection: Connection, leads: Iterable[str]) -> None:
    """Brings leads in line with what is said of them after recommendations came or went.

    One whom nobody recommends any more is forgotten. What the desk has touched stays as it is.
    """
    ids = sorted(set(leads))
    if not ids:
        return
    said: dict[str, list[SaidOf]] = {}
    for one in SAID.all(connection, leads=ids):
        said.setdefault(one.lead_id, []).append(one)
    found = LEADS.all(connection, leads=ids)
    gone = [lead.id for lead in found if is_untouched(lead) and lead.id not in said]
    if gone:
        tell_gone(connection, gone, "taken_back")
        GONE.run(connection, leads=gone)
    left = [lead for lead in found if lead.id in said]
    _change(connection, [(lead, _fields(lead, said[lead.id])) for lead in left])
    own = {lead.id: _keys(said[lead.id]) for lead in left if is_untouched(lead)}
    keys.replace(connection, own)


def _fields(lead: Found, said: Sequence[SaidOf]) -> dict[str, object]:
    """What a lead is now; of one that the desk has touched, only whether it is real follows."""
    rehearsed = is_rehearsed(lead, said)
    if not is_untouched(lead):
        return {**{name: getattr(lead, name) for name in COMPOSED}, "rehearsed": rehearsed}
    counted = said if rehearsed else [one for one in said if _is_real(one)]
    return {**compose(counted), "rehearsed": rehearsed}


def _keys(said: Iterable[SaidOf]) -> set[str]:
    return {key for one in said for key in match_keys(one)}


def is_rehearsed(lead: Found, said: Sequence[SaidOf]) -> bool:
    """Do only demonstrations and rehearsals know them? `said` has the sort of each workshop."""
    return lead.origin == "workshop" and not any(_is_real(one) for one in said)


def _is_real(said: SaidOf) -> bool:
    return said.sort in (None, "real")
