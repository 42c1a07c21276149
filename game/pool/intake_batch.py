"""What one batch of an import writes: rows by table, in a few statements."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, update

from game.pool.doubles import compare_again
from game.pool.intake_room import Known
from game.pool.keys import give
from game.rules.sought import folded
from game.store.prepared import Prepared
from game.store.tables import Imported, Lead, Recommendation, ToldOrigin, Verdict

_LEAD = ("name", "role", "company", "skills", "mail", "phone", "link", "channel", "internal")
LEADS = Prepared(
    insert(Lead),
    (
        *_LEAD,
        "id",
        "origin",
        "verdict",
        "inform_by",
        "informed_at",
        "created_at",
        "folded",
        "rehearsed",
    ),
)
VERDICTS = Prepared(insert(Verdict))
SAID = Prepared(insert(Recommendation))
ORIGINS = Prepared(insert(ToldOrigin))
BROUGHT = Prepared(insert(Imported), ("import_id", "lead_id", "told_id"))
Rows = list[dict[str, object]]


@dataclass(eq=False)
class Batch:
    """What one batch writes; `leads` by their ids."""

    leads: dict[str, dict[str, object]] = field(default_factory=dict)
    verdicts: Rows = field(default_factory=list)
    said: Rows = field(default_factory=list)
    origins: Rows = field(default_factory=list)
    brought: Rows = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)
    filled: dict[str, Known] = field(default_factory=dict)
    real: list[str] = field(default_factory=list)  # whom only rehearsals knew until now


def write(connection: Connection, batch: Batch) -> None:
    """Writes a batch; the caller commits."""
    for id, lead in batch.filled.items():
        values = {**lead.values, "skills": lead.skills}
        values["folded"] = folded({**values, "name": lead.name})
        if id in batch.leads:
            batch.leads[id].update(values)
        else:
            connection.execute(update(Lead).where(Lead.id == id).values(**values))
    if batch.real:
        real = update(Lead).where(Lead.id.in_(batch.real))
        connection.execute(real.values(origin="import", rehearsed=False))
        compare_again(connection, batch.real)
    for statement, rows in (
        (LEADS, list(batch.leads.values())),
        (VERDICTS, batch.verdicts),
        (SAID, batch.said),
        (ORIGINS, batch.origins),
        (BROUGHT, batch.brought),
    ):
        if rows:
            statement.run_each(connection, rows)
    give(connection, batch.keys)
