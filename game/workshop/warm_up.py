"""Before the room: the recall prompts that a colleague may think about at home."""

from sqlalchemy.orm import Session

from game.rules.facts import LeadRecommended
from game.rules.pack import Pack
from game.rules.round import NotPlayable
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import setting
from game.workshop.state import agenda_of

MOST = 6  # prompts: a page that one reads on the way to work
STAGES = ("draft", "lobby")  # before anything was played


def prompts(session: Session, pack: Pack, workshop_id: str) -> tuple[str, ...]:
    """The first round's that recalls people, in the words of `pack`; none where no round does."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        return ()
    found = (_turns(session, pack, workshop, row) for row in agenda_of(session, workshop_id))
    return next((lines for lines in found if lines), ())[:MOST]


def _turns(session: Session, pack: Pack, workshop: Workshop, row: RoundRow) -> tuple[str, ...]:
    brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
    try:
        kind, where = setting.of_round(row, workshop, brief, pack)
    except NotPlayable:
        return ()
    return tuple(kind.turns(where)[0]) if LeadRecommended in kind.facts else ()
