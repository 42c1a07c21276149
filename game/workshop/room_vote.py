"""The room's vote on its own ideas: what it wrote in a round before, as far as it may be seen."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Kind, NotPlayable
from game.rules.stored import Unreadable
from game.store.tables import BriefRow, RoundRow, Workshop
from game.store.version import touch
from game.workshop import agenda, setting, state

SECONDS = 30
FEWEST = 2  # texts, for a vote


def start(session: Session, packs: Mapping[str, Pack], workshop_id: str) -> None:
    """Presents a vote on what the room wrote in its current round. Raises Refusal."""
    workshop = session.get_one(Workshop, workshop_id)
    here = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    kind = _voting()
    if here is None or here.after or here.phase != "revealed" or kind is None:
        raise Refusal("not_now")
    texts = of_round(session, packs, workshop, here)
    if len(texts) < FEWEST:
        raise Refusal("nothing_to_vote_on")
    made = agenda.add(
        session,
        workshop_id,
        kind=kind.name,
        seconds=SECONDS,
        options=kind.votes_on(texts) if kind.votes_on else {},
        brief_id=here.brief_id,
        after=here.id,
    )
    session.get_one(RoundRow, made).phase = "briefing"
    workshop.stage, workshop.round_id = "round", made
    session.flush()
    touch(session, workshop_id)


def _voting() -> Kind | None:
    return next((kind for kind in kinds().values() if kind.votes_on), None)


def is_one(row: RoundRow) -> bool:
    """Is this round a vote on texts that the room sees already?"""
    kind = kinds().get(row.kind)
    return kind is not None and kind.votes_on is not None


def fill(session: Session, packs: Mapping[str, Pack], row: RoundRow) -> None:
    """Gives a vote of the agenda the texts of the nearest round before it that has some."""
    kind = kinds().get(row.kind)
    if kind is None or kind.votes_on is None or row.phase != "waiting":
        return
    workshop = session.get_one(Workshop, row.workshop_id)
    for before in reversed(state.agenda_before(session, row)):
        texts = of_round(session, packs, workshop, before)
        if len(texts) >= FEWEST:
            row.options = {**row.options, **kind.votes_on(texts)}
            return


def of_round(
    session: Session, packs: Mapping[str, Pack], workshop: Workshop, row: RoundRow
) -> Sequence[str]:
    """What the room wrote in a round and may see, the most written first."""
    if row.result is None or row.kind not in kinds() or kinds()[row.kind].votes_on:
        return ()
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    try:
        kind, where = setting.of_round(row, workshop, brief, packs[workshop.lang])
        texts = kind.view(where, "remote", row.result, None).texts
    except (NotPlayable, Unreadable):
        return ()
    return [text.name for text in texts if not text.hidden]
