"""What is known of a post, in texts with their source and day: brief, documents, rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.base.days import day_of
from game.context import current
from game.helpers.ranked import heads
from game.pool import document
from game.pool.posts import Post
from game.screens.round_words import title_of_round
from game.web.i18n import lang
from game.workshop.results import RoundResult, results

ROOM = "room"


@dataclass(frozen=True)
class Source:
    """A text, where it is from, of which page and day; `kind` is brief, document or room."""

    text: str
    kind: str
    name: str
    day: date
    page: int = 0


def of_brief(post: Post) -> list[str]:
    """What the brief says, a piece each."""
    told = [(_("Intitulé"), post.title), (_("Métier"), post.trade), (_("Où"), post.where)]
    told += [(_("Pourquoi"), post.why), (_("Rémunération"), post.pay)]
    musts = [(_("Indispensable"), one) for one in post.must_haves]
    return [f"{label} : {value}" for label, value in [*told, *musts] if value]


def said_in_rooms(session: Session, topic: str) -> list[RoundResult]:
    """What rounds about a post came to; no demonstration's, nor a rehearsal's."""
    return results(session, current().pack(lang()), topic=topic)


def sources(session: Session, topic: str, post: Post | None, question: str) -> list[Source]:
    """All that may answer a question; of documents what the database finds."""
    return list(_sources(session, topic, post, question))


def _sources(session: Session, topic: str, post: Post | None, question: str) -> Iterator[Source]:
    if post is not None:
        for told in of_brief(post):
            yield Source(told, "brief", _("le poste"), day_of(post.at))
    langs = {one.lang for one, _count in document.of_topic(session, topic)}
    words = frozenset[str]().union(*(heads(question, one) for one in langs))
    for one in document.likely(session, topic, words):
        yield Source(one.text, "document", one.source, one.day, one.page)
    for room in said_in_rooms(session, topic):
        name = f"{title_of_round(room)}, {room.workshop}"
        for row in room.rows:
            yield Source(" · ".join(map(str, row)), ROOM, name, day_of(room.at))
