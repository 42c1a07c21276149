"""What became of the people whom a player named, for that player's eyes alone."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select

from game.pool.contact import contacted_at
from game.pool.promise import due_at
from game.privacy import own_words
from game.rules.facts import INVITED, MORE
from game.rules.outcome import of_sealed, outcome
from game.store.tables import Lead, OwnWords, Recommendation, Submission, Verdict


class Named(NamedTuple):
    """One person under the name that the player typed; `outcome` is empty while they wait.

    `due_at` is when the answer is promised for, in milliseconds since the epoch.
    """

    name: str
    at: int
    due_at: int
    outcome: str


def of_player(reader: Connection, secret: str, player_id: str, now: int) -> list[Named]:
    """Everybody whom a player named, in that order, erased people among them."""
    found = [*_kept(reader, player_id), *_sealed(reader, secret, player_id, now)]
    return sorted(found, key=lambda one: (one.at, one.name))


def _kept(reader: Connection, player_id: str) -> Iterable[Named]:
    rows = reader.execute(
        select(
            *(Recommendation.name, Recommendation.at, Recommendation.lead_id),
            Lead.hired_at,
        )
        .join(Lead, Lead.id == Recommendation.lead_id)
        .where(
            Recommendation.player_id == player_id,
            Recommendation.slot.not_like(f"{INVITED}%"),
            Recommendation.slot.not_like(f"{MORE}%"),
        )
    ).all()
    judged: dict[str, list[tuple[int, str]]] = {}
    verdicts = (
        select(Verdict.lead_id, Verdict.at, Verdict.verdict)
        .where(Verdict.lead_id.in_({row.lead_id for row in rows}))
        .order_by(Verdict.at, Verdict.id)
    )
    for lead_id, at, verdict in reader.execute(verdicts):
        judged.setdefault(lead_id, []).append((at, verdict))
    contacted = contacted_at(reader, {row.lead_id for row in rows})
    for row in rows:
        given = judged.get(row.lead_id, [])
        told = outcome(row.at, given, contacted.get(row.lead_id), row.hired_at)
        yield Named(row.name, row.at, due_at(row.at), told)


def _sealed(reader: Connection, secret: str, player_id: str, now: int) -> Iterable[Named]:
    """Those who were erased, as if they had not been."""
    rounds = reader.execute(
        select(OwnWords.round_id).where(OwnWords.player_id == player_id).distinct()
    ).scalars()
    for round_id in rounds.all():
        moments = {row[0]: row[1] for row in reader.execute(_moments(player_id, round_id))}
        for (_, slot), words in own_words.said(reader, secret, [player_id], [round_id]).items():
            if slot.startswith((INVITED, MORE)):
                continue  # what a person said of themselves, or what is told already
            at = int(str(words.get("at") or moments.get(slot, now)))
            told = of_sealed(words.get("outcome"), due_at(at), now)
            yield Named(str(words.get("name", "")), at, due_at(at), told)


def _moments(player_id: str, round_id: str) -> Select[str, int]:
    """When something was first said in each slot."""
    return (
        select(Submission.slot, func.min(Submission.at))
        .where(Submission.player_id == player_id, Submission.round_id == round_id)
        .group_by(Submission.slot)
    )
