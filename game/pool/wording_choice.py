"""Which title was chosen for an advert, and why; for a position it stands until it is ended."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from game.base.clock import now_ms
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import User, WordingChoice

REASON, TITLE, TOPIC = 300, 120, 160  # characters
SHOWN = 20


@dataclass(frozen=True)
class Wish:
    """The title that somebody wants, among which, why, for which position and language.

    `topic` is the position by its title; empty is for none.
    """

    among: Sequence[str]
    chosen: str
    reason: str
    topic: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Told:
    """A choice, with who chose and who ended it: by name, or by mail where they have none."""

    choice: WordingChoice
    who: str
    ended_by: str


def choose(session: Session, wish: Wish, by: str) -> None:
    """Keeps a choice with its reason, in the place of the one that stood for the position.

    Raises Refusal naming each field at fault.
    """
    reason = wish.reason.strip()
    faults = dict(_faults(wish, reason))
    if faults:
        raise Refusal("bad_input", faults)
    if wish.topic:
        for one in _standing(session, [wish.topic]):
            if one.lang == wish.lang:
                one.ended_at, one.ended_by = now_ms(), by
    given = {"among": list(wish.among), "chosen": wish.chosen, "reason": reason}
    where = {"topic": wish.topic, "lang": wish.lang}
    session.add(WordingChoice(**given, **where, user_id=by, at=now_ms()))
    told = {"among": len(wish.among), "position": int(bool(wish.topic))}
    audit(session, by, "title_chosen", told)


def _faults(wish: Wish, reason: str) -> Iterable[tuple[str, str]]:
    if wish.chosen not in wish.among or len(wish.chosen) > TITLE:
        yield "chosen", "missing"
    if not reason:
        yield "reason", "missing"
    elif len(reason) > REASON:
        yield "reason", "too_long"
    if len(wish.topic) > TOPIC:
        yield "topic", "too_long"
    elif wish.topic and wish.lang not in LANGS:
        yield "lang", "invalid"


def take_back(session: Session, choice_id: str, by: str) -> str:
    """Ends a choice that stands: the advert has the position's own title again.

    Returns the position by its title; empty where no such choice stands.
    """
    one = session.get(WordingChoice, choice_id)
    if one is None or not one.topic or one.ended_at is not None:
        return ""
    one.ended_at, one.ended_by = now_ms(), by
    audit(session, by, "title_taken_back", {"choice": choice_id})
    return one.topic


def _standing(session: Session, topics: Collection[str]) -> Sequence[WordingChoice]:
    """The choices that stand for these positions, the newest last."""
    mine = (WordingChoice.topic.in_(set(topics) - {""}), WordingChoice.ended_at.is_(None))
    rows = select(WordingChoice).where(*mine)
    return session.scalars(rows.order_by(WordingChoice.at, WordingChoice.id)).all()


def advertised(session: Session, topics: Collection[str], lang: str) -> dict[str, str]:
    """What positions, by their own titles, are called in adverts in a language, where chosen."""
    return {one.topic: one.chosen for one in _standing(session, topics) if one.lang == lang}


def by_language(session: Session, topics: Collection[str]) -> dict[str, dict[str, str]]:
    """The same in every language: of each position, its titles by language."""
    found: dict[str, dict[str, str]] = {}
    for one in _standing(session, topics):
        found.setdefault(one.topic, {})[one.lang] = one.chosen
    return found


def standing(session: Session, topic: str) -> list[Told]:
    """The choices that stand for a position, one a language, with who made them."""
    ids = {one.lang: one.id for one in _standing(session, [topic])}
    return _told(session, WordingChoice.id.in_(ids.values()))


def choices(session: Session) -> list[Told]:
    """The newest choices, also those that ended."""
    return _told(session)


def _told(session: Session, *which: ColumnElement[bool]) -> list[Told]:
    ender = aliased(User)
    name = func.coalesce(func.nullif(User.name, ""), User.mail, "")
    enders = func.coalesce(func.nullif(ender.name, ""), ender.mail, "")
    rows = (
        select(WordingChoice, name, enders)
        .join(User, User.id == WordingChoice.user_id, isouter=True)
        .join(ender, ender.id == WordingChoice.ended_by, isouter=True)
        .where(*which)
        .order_by(WordingChoice.at.desc(), WordingChoice.id)
        .limit(SHOWN)
    )
    return [Told(*row) for row in session.execute(rows)]
