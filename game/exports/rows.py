"""The rows of an export: a line a recommendation, with the lead and where it came from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from game.exports.csv_file import Cell
from game.exports.words import Words
from game.pool import lead_list, trace
from game.pool.lead_filter import Filter
from game.pool.recommender import told_name
from game.pool.trace import Said
from game.pool.verdict import newest_of
from game.privacy import inform
from game.privacy.inform import Purpose
from game.rules.listed import joined
from game.rules.name_parts import first_and_last
from game.store.tables import Lead, RoundRow, ToldOrigin, Verdict

AT_ONCE = 25  # leads: a few milliseconds, in which nobody else has a turn
TOLD = ("brief", "requisition_ref", "workshop", "round", "recommender")
Row = tuple[Cell, ...]


def moment(ms: int | None) -> datetime | None:
    """A moment in UTC, to the second; None for none."""
    return datetime.fromtimestamp(ms // 1000, UTC).replace(tzinfo=None) if ms else None


def rows(session: Session, leads: Sequence[Lead], words: Words) -> Iterator[Row]:
    """For each lead, a row a recommendation; one row for a lead that nobody recommended.

    Four statements for all of these leads: who has many hands them over in batches.
    """
    ids = [lead.id for lead in leads]
    judged = newest_of(session, ids)
    said: dict[str, list[Said | None]] = {}
    all_said = trace.said_of(session, ids)
    told = trace.told_of(session, [row[0].id for row in all_said if row[0].player_id is None])
    for row in all_said:
        said.setdefault(row[0].lead_id, []).append(row)
    for lead in leads:
        for one in said.get(lead.id, [None]):
            yield (
                *_lead(lead, words),
                *_state(lead, judged.get(lead.id), one, words),
                *_recommendation(one, told, words),
            )


def count(
    session: Session,
    wanted: Filter,
    today: date,
    returned: Collection[str],
    most: int | None = None,
    purpose: Purpose = "export",
) -> int:
    """How many leads of a filter may leave; counted no further than `most`, where it is given."""
    may = inform.may(session, purpose, today, returned)
    return lead_list.count(session, wanted, today, may, most=most)


def every(
    reading: lead_list.Reading,
    wanted: Filter,
    today: date,
    words: Words,
    returned: Collection[str],
    at_once: int = AT_ONCE,
    purpose: Purpose = "export",
) -> Iterator[Row]:
    """The rows of all leads of a filter that may leave, newest first, a batch in memory at most.

    `returned` are those who objected as another lead: they stay, too.

    While a row is on its way to whoever asked, nothing of the database is held.
    """
    with reading() as session:
        allowed = inform.may(session, purpose, today, returned)
    for leads in lead_list.batches(reading, wanted, today, at_once, allowed):
        with reading() as session:
            made = list(rows(session, leads, words))
        yield from made


def _lead(lead: Lead, words: Words) -> Row:
    return (
        *(lead.id, lead.name, *first_and_last(lead.name), lead.role, lead.company),
        *(joined(lead.skills), lead.mail, lead.phone, lead.link),
        words.channels.get(lead.channel, lead.channel),
    )


def _state(lead: Lead, judged: Verdict | None, said: Said | None, words: Words) -> Row:
    return (
        words.types["referral" if said[0].known else "source"] if said else "",
        words.verdicts.get(lead.verdict, lead.verdict),
        *(_reason(judged, words), moment(judged.at) if judged else None),
        words.yes_no["yes" if lead.internal else "no"],
        *(lead.inform_by, moment(lead.informed_at), moment(lead.created_at)),
    )


def _reason(judged: Verdict | None, words: Words) -> str:
    return words.verdict_reasons.get(judged.reason, judged.reason) if judged else ""


def _recommendation(said: Said | None, told: Mapping[str, ToldOrigin], words: Words) -> Row:
    if said is None:
        return ("",) * 9 + (None,)
    one = said[0]
    return (
        *(_told(told[one.id]) if one.id in told else _where_from(said, words)),
        words.relationships.get(one.relationship, one.relationship),
        words.yes_no["yes" if one.aware else "no"],
        joined([words.reasons.get(key, key) for key in one.reasons]),
        *(one.reason, moment(one.at)),
    )


def _told(origin: ToldOrigin) -> Row:
    return tuple(getattr(origin, name) for name in TOLD)


def _where_from(said: Said, words: Words) -> Row:
    """What TOLD names, as it is here."""
    one, player, workshop, brief, round_row = said
    return (
        *((brief.title, brief.requisition_ref) if brief else ("", "")),
        workshop.name if workshop else "",
        _round(round_row, words) if round_row else "",
        told_name(one, player),
    )


def _round(row: RoundRow, words: Words) -> str:
    return f"{row.place + 1}. {words.round_title(row.title, row.kind)}"
