"""What a list can be narrowed to beyond the search, and what it can be ordered by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import orjson
from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session

from game.base.days import day_from, days_after, start_of
from game.pool.standing import agrees
from game.rules.person import fold
from game.store.among import Among
from game.store.tables import Lead, LeadTag

MOST = 8  # values of a facet that are offered
SORTS = {  # by what is asked for: the columns, in order
    "name": (Lead.folded, Lead.id),
    "company": (func.lower(Lead.company), Lead.folded, Lead.id),
    "verdict": (Lead.verdict, Lead.folded, Lead.id),
    "inform": (Lead.inform_by, Lead.folded, Lead.id),
}


def tagged(tag: str) -> ColumnElement[bool]:
    """The condition on leads with a tag."""
    return Lead.id.in_(select(LeadTag.lead_id).where(LeadTag.tag == tag))


def skilled(skill: str) -> Iterator[ColumnElement[bool]]:
    """The conditions on leads with a skill; the index is looked at first."""
    for word in fold(skill).split():
        yield Lead.folded.contains(word, autoescape=True)
    written = orjson.dumps(skill).decode()
    yield func.lower(cast(Lead.skills, Text)).contains(written.lower(), autoescape=True)


def employed(company: str) -> Iterator[ColumnElement[bool]]:
    """The conditions on leads of a company."""
    for word in fold(company).split():
        yield Lead.folded.contains(word, autoescape=True)
    yield Lead.company == company


def came(since: str, until: str) -> Iterator[ColumnElement[bool]]:
    """The conditions on leads that came on these days or between; what is no day asks nothing."""
    first, last = day_from(since), day_from(until)
    if first:
        yield Lead.created_at >= start_of(first)
    if last:
        yield Lead.created_at < start_of(days_after(last, 1))


def kept(today: date) -> ColumnElement[bool]:
    """The condition on leads who agreed to be kept."""
    return agrees(today)


def offered(
    session: Session, ids: Sequence[str], why: ColumnElement[str]
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """(the values that these leads have most, with how many have each; how many are barred).

    `why` is what bars a lead, '' for nothing: one reading of a thousand leads tells both.
    """
    told = select(Lead.verdict, Lead.channel, Lead.company, Lead.skills, why)
    rows = session.execute(told.where(Among(Lead.id, ids))).all()
    tags = session.scalars(select(LeadTag.tag).where(Among(LeadTag.lead_id, ids)))
    counts = {
        "verdict": Counter(row[0] or "none" for row in rows),
        "channel": Counter(row[1] for row in rows),
        "company": Counter(row[2] for row in rows),
        "skill": Counter(skill for row in rows for skill in row[3]),
        "tag": Counter(tags),
    }
    most = {name: _most(found) for name, found in counts.items() if any(found)}
    return most, sum(bool(row[4]) for row in rows)


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(value, count) for value, count in ordered if value][:MOST]
