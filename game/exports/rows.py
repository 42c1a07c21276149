"""The rows of an export: a line a recommendation, with the lead and where it came from."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.store.tables import BriefRow, Lead, Player, Recommendation, RoundRow, Verdict, Workshop

COLUMNS = (
    *("id", "name", "role", "company", "skills", "mail", "phone", "link", "channel", "type"),
    *("verdict", "verdict_reason", "internal", "inform_by", "informed", "created"),
    *("brief", "requisition_ref", "workshop", "round", "recommender", "relationship"),
    *("aware", "reasons", "reason", "recommended"),
)
Row = tuple[str, ...]


def day(ms: int | None) -> str:
    """A moment as a date and time in UTC; empty for none."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M") if ms else ""


def rows(session: Session, leads: Sequence[Lead]) -> Iterator[Row]:
    """For each lead, a row a recommendation; one row for a lead that nobody recommended."""
    reasons = _verdict_reasons(session)
    for lead in leads:
        said: list[Said | None] = [*_said(session, lead.id)]
        for one in said or [None]:
            yield (*_lead(lead, reasons.get(lead.id, ""), one), *_recommendation(one))


def _verdict_reasons(session: Session) -> dict[str, str]:
    """The newest verdict's reason of each lead."""
    newest = session.execute(select(Verdict.lead_id, Verdict.reason).order_by(Verdict.at))
    return {row.lead_id: row.reason for row in newest}


Said = tuple[Recommendation, Player | None, RoundRow | None, Workshop | None, BriefRow | None]


def _said(session: Session, lead_id: str) -> list[Said]:
    found = session.execute(
        select(Recommendation, Player, RoundRow, Workshop, BriefRow)
        .outerjoin(Player, Player.id == Recommendation.player_id)
        .outerjoin(RoundRow, RoundRow.id == Recommendation.round_id)
        .outerjoin(Workshop, Workshop.id == Recommendation.workshop_id)
        .outerjoin(BriefRow, BriefRow.id == Recommendation.brief_id)
        .where(Recommendation.lead_id == lead_id)
        .order_by(Recommendation.at)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in found]


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
    one, player, round_row, workshop, brief = said
    return (
        *((brief.title, brief.requisition_ref) if brief else ("", "")),
        workshop.name if workshop else "",
        f"{round_row.place + 1} {round_row.kind}" if round_row else "",
        (player.real_name or player.nickname) if player else "",
        *(one.relationship, "yes" if one.aware else "", ", ".join(one.reasons)),
        *(one.reason, day(one.at)),
    )
