"""The page of a post's dossier: what brief, rooms and documents say of it."""

from flask import Response, request

from game.base.days import today
from game.base.languages import NAMES
from game.context import current
from game.helpers.employers import search_words
from game.helpers.terms import tools, words
from game.pool import document
from game.pool.advert import adverts
from game.pool.posts import Post, posts, titled
from game.pool.reference import occupations
from game.rules.occupation_title import said
from game.screens.draft_words import draft_words
from game.web.desk.posts.sources import of_brief, said_in_rooms
from game.web.desk.surface import watched
from game.web.i18n import lang

MOST = 5  # megabytes
SEARCHED = 12  # titles of a search string
NOTHING_ASKED: dict[str, object] = {
    **{"found": None, "question": "", "draft": None},
    **{"going": False, "said": (), "meant": None},
}
SECONDS = 2  # until a page that waits for a model is asked for again


def topic_of(given: str) -> str:
    """The title of a post, as it is kept."""
    return " ".join(given.split())[:160]


def language_of(post: Post | None) -> str:
    """The language that a post's texts are read in."""
    return post.lang if post else lang()


def dossier_page(topic: str, faults: dict[str, str], **answer: object) -> Response:
    """The page of a post, with an answer to a question where one was asked."""
    game = current()
    with game.store.session() as s:
        every = posts(s)
        post = titled(every, topic)
        rooms = said_in_rooms(s, topic) if topic else []
        brought = document.of_topic(s, topic)
        texts = document.texts_of(s, topic)
        called = occupations(s, topic) if topic and language_of(post) == "fr" else []
        shown = adverts(s, post) if post else []
    told = [*(of_brief(post) if post else []), *texts]
    return watched(
        "desk/dossier.html",
        SECONDS,
        going=bool(answer.pop("going", False)),
        topic=topic,
        offered=list(dict.fromkeys([*(one.title for one in every), *filter(None, [topic])])),
        post=post,
        rooms=rooms,
        adverts=shown,
        documents=brought,
        called=called,
        searched=search_words(said(called[0].titles, SEARCHED)) if called else "",
        tools=tools(texts + list(post.must_haves if post else ())),
        common=words(told, language_of(post)),
        today=today(),
        languages=NAMES,
        spoken=language_of(post),
        model=game.settings.helper_for("post"),
        typed=request.form,
        faults=faults,
        most=MOST,
        words=draft_words(),
        **{
            "found": None,
            "question": "",
            "draft": None,
            "said": (),
            "meant": None,
            **answer,
        },
    )
