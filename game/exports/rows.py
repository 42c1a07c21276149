"""The rows of an export: a line a recommendation, with the lead and where it came from."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from game.pool import search, trace
from game.pool.trace import Said
from game.store.tables import Lead

COLUMNS = (
    *("id", "name", "role", "company", "skills", "mail", "phone", "link", "channel", "type"),
    *("verdict", "verdict_reason", "internal", "inform_by", "informed", "created"),
    *("brief", "requisition_ref", "workshop", "round", "recommender", "relationship"),
    *("aware", "reasons", "reason", "recommended"),
)
AT_ONCE = 100  # leads
Row = tuple[str, ...]


def day(ms: int | None) -> str:
    """A moment as a date and time in UTC; empty for none."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M") if ms else ""


def rows(session: Session, leads: Sequence[Lead]) -> Iterator[Row]:
    """For each lead, a row a recommendation; one row for a lead that nobody recommended.

    Two statements for all of these leads: who has many hands them over in batches.
    """
    ids = [lead.id for lead in leads]
    reasons = trace.reasons_of(session, ids)
    said: dict[str, list[Said | None]] = {}
    for row in trace.said_of(session, ids):
        said.setdefault(row[0].lead_id, []).append(row)
    for lead in leads:
        for one in said.get(lead.id, [None]):
            yield (*_lead(lead, reasons.get(lead.id, ""), one), *_recommendation(one))


def every(reading: search.Reading, wanted: search.Filter, today: date) -> Iterator[Row]:
    """The rows of all leads of a filter, newest first, never more than a batch in memory.

    While a row is on its way to whoever asked, nothing of the database is held.
    """
    for leads in search.batches(reading, wanted, today, AT_ONCE):
        with reading() as session:
            made = list(rows(session, leads))
        yield from made


def _lead(lead: Lead, verdict_reason: str, said: Said | None) -> Row:
    known = said[0].known if said else True
    return (
        *(lead.id, lead.name, lead.role, lead.company, ", ".join(lead.skills)),
        *(lead.mail, lead.phone, lead.link, lead.channel),
        "referral" if known else "source",
        *(lead.verdict, verdict_reason, "yes" if lead.internal else ""),
        *(lead.inform_by.isoformat(), day(lead.informed_at), day(lead.created_at)),
    )


def _recommendation(said: Said | None) -> Row:
    if said is None:
        return ("",) * 10
    one, player, workshop, brief, round_row = said
    return (
        *((brief.title, brief.requisition_ref) if brief else ("", "")),
        workshop.name if workshop else "",
        f"{round_row.place + 1} {round_row.kind}" if round_row else "",
        (player.real_name or player.nickname) if player else "",
        *(one.relationship, "yes" if one.aware else "", ", ".join(one.reasons)),
        *(one.reason, day(one.at)),
    )
