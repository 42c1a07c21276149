"""The current round as screens know it, with the brief it is played for."""

from collections.abc import Sequence

from game.rules.facts import LeadRecommended
from game.rules.registry import kinds
from game.rules.round import Tally
from game.rules.timing import timing_of
from game.rules.translation import brief_in
from game.rules.view import TypedText
from game.screens.data import BriefShown, RoundShown
from game.store.tables import BriefRow
from game.workshop import room_vote
from game.workshop.state import Counts, State


def round_shown(
    at: State, surface: str, counts: Counts, lang: str, *, is_own: bool = False
) -> RoundShown | None:
    """The round that the room is in, for a surface; None before the first.

    `is_own`: for a player's own time, in which a closed round is open since the room's end.
    """
    row = at.current
    if row is None:
        return None
    tally = Tally(counts.answers, counts.people, counts.leads)
    view = at.view(surface, None if surface == "phone" else tally)
    texts = at.texts if surface == "remote" else ()
    is_own = is_own and row.phase == "closed"
    return RoundShown(
        id=row.id,
        kind=row.kind,
        number=at.number,
        total=len(at.agenda),
        title=row.title,
        phase="open" if is_own else row.phase,
        seconds=row.seconds,
        closes_at=timing_of(row.timing).stopped_at if is_own else row.closes_at,
        left_ms=row.left_ms,
        page=row.page,
        pages=at.pages,
        brief=brief_shown(at.brief, lang),
        view=view,
        worth=at.setting.points if at.setting else None,
        names_leads=names_leads(row.kind),
        warm_up=row.warm_up,
        texts=texts,
        can_vote=can_vote(at, texts),
        moderated=row.passed is not None,
    )


def can_vote(at: State, texts: Sequence[TypedText]) -> bool:
    """May the room vote on what it wrote in this round, and sees?"""
    row, kind = at.current, at.kind
    if row is None or kind is None or kind.votes_on or row.after or row.phase != "revealed":
        return False
    return sum(not text.hidden for text in texts) >= room_vote.FEWEST


def names_leads(kind: str) -> bool:
    """Are leads what this kind of round brings?"""
    found = kinds().get(kind)
    return found is not None and LeadRecommended in found.facts


def brief_shown(row: BriefRow | None, lang: str) -> BriefShown | None:
    """A brief as screens of a language know it."""
    if row is None:
        return None
    words, ref = brief_in(row, row.translations, lang), row.requisition_ref
    musts = tuple(words.must_haves)
    return BriefShown(words.title, musts, words.where, words.why, ref, words.trade, words.pay)
