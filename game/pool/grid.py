"""The interview grid of a post: its questions, as somebody wrote and ordered them."""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import Grid

MOST, TEXT, LEVELS = 15, 300, 4  # questions of a grid, characters of one, levels of an answer
Question = Mapping[str, object]


def grid_of(session: Session, title: str) -> Grid | None:
    """The grid of a post, if there is one."""
    return session.scalar(select(Grid).where(Grid.title == title))


def grids(session: Session) -> Sequence[Grid]:
    """All of them, by title."""
    return session.scalars(select(Grid).order_by(Grid.title)).all()


def save(session: Session, title: str, lang: str, questions: Sequence[Question], by: str) -> None:
    """Keeps the questions that have a text, in their order. Raises Refusal."""
    asked = [one for one in questions if str(one["text"]).strip()]
    kept = [_question(n, one) for n, one in enumerate(asked, 1)]
    if not kept or not title:
        raise Refusal("bad_input", {"questions": "missing"})
    if len(kept) > MOST:
        raise Refusal("bad_input", {"questions": "too_long"})
    session.execute(delete(Grid).where(Grid.title == title))
    row = {"title": title[:160], "lang": lang, "questions": kept, "user_id": by}
    session.add(Grid(**row, changed_at=now_ms()))
    audit(session, by, "grid_saved", {"count": len(kept)})


def _question(n: int, one: Question) -> dict[str, object]:
    texts = {name: _line(one.get(name, "")) for name in ("must_have", "text")}
    given = one.get("levels")
    levels = [_line(level)[:TEXT] for level in given] if isinstance(given, list | tuple) else []
    if any(len(text) > TEXT for text in texts.values()):
        raise Refusal("bad_input", {"questions": "too_long"})
    key = f"q{n}"
    return {"key": key, "theme": str(one.get("theme", "")), **texts, "levels": levels[:LEVELS]}


def _line(text: object) -> str:
    """One line; the narrow spaces of print stay as they are."""
    return re.sub(r"[ \t\r\n]+", " ", str(text)).strip()
