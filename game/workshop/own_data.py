"""What is held of one player: shown to them, given to them, and erased when they say so."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.json_object import Json
from game.pool import said
from game.privacy.audit import audit
from game.rules.facts import INVITED
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round_title import round_title
from game.store.tables import Nomination, Player, Point, RoundRow, Submission, Workshop
from game.store.version import touch
from game.workshop import year_link

UNANSWERED = Nomination.status == "asked"


def held(session: Session, secret: str, player_id: str, pack: Pack) -> dict[str, object]:
    """All of it, in the words of `pack`; moments in milliseconds since the epoch.

    `answers` are in their order.

    What a person whom they invited said of themselves is that person's, and not here.
    """
    player = session.get_one(Player, player_id)
    names = {
        row.id: round_title(row.title, row.kind, pack)
        for row in session.scalars(
            select(RoundRow).where(RoundRow.workshop_id == player.workshop_id)
        )
    }
    facts = [fact for kind in kinds().values() for fact in kind.facts]
    words = said.said(session.connection(), secret, facts, [player_id], list(names))
    link = year_link.of_player(session, player_id)
    return {
        **{name: getattr(player, name) for name in ("nickname", "real_name", "work_mail")},
        "department": player.department,
        "by_company_account": player.subject is not None,
        "joined_at": player.joined_at,
        "word": player.word or "",
        "extra_percent": player.extra_percent,
        "points": player.provisional,
        "confirmed": player.confirmed,
        "year_link_until": link.until if link else None,
        "workshop": session.get_one(Workshop, player.workshop_id).name,
        "answers": _answers(session, player_id, names, words),
        "entries": _entries(session, player_id),
    }


def _answers(
    session: Session,
    player_id: str,
    names: Mapping[str, str],
    words: Mapping[tuple[str, str], Json],
) -> list[dict[str, object]]:
    rows = session.scalars(
        select(Submission)
        .where(Submission.player_id == player_id, Submission.slot.not_like(f"{INVITED}%"))
        .order_by(Submission.at, Submission.seq)
    )
    return [
        {
            "at": row.at,
            "round": names[row.round_id],
            "slot": row.slot,
            "said": {**row.stored, **words.get((player_id, row.slot), {})},
        }
        for row in rows
    ]


def _entries(session: Session, player_id: str) -> list[dict[str, object]]:
    rows = session.scalars(select(Point).where(Point.player_id == player_id).order_by(Point.at))
    return [{"at": p.at, "reason": p.reason, "amount": p.amount} for p in rows]


def forget(session: Session, player_id: str) -> str:
    """Erases a player with their answers and points; returns their workshop.

    Who was recommended stays: they are the company's contacts by then, without who named them.
    """
    workshop_id = session.get_one(Player, player_id).workshop_id
    session.execute(delete(Nomination).where(Nomination.player_id == player_id, UNANSWERED))
    year_link.leave(session, player_id)
    session.execute(delete(Player).where(Player.id == player_id))
    session.expire_all()
    touch(session, workshop_id)
    audit(session, None, "player_erased", {"player": player_id, "workshop": workshop_id})
    return workshop_id
