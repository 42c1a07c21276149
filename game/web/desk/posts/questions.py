"""Questions to a post's dossier: passages with source and day; a model's sentences cite them."""

from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.json_object import Json, number, objects
from game.base.refusal import Refusal
from game.context import current
from game.helpers.post import CITED, LONGEST, SHOWN, Explained, Question, asked
from game.helpers.ranked import best
from game.jobs import drafts as jobs
from game.pool.posts import Post, post_of
from game.screens import messages
from game.store.tables import Draft
from game.web.desk.posts.page import dossier_page, language_of, topic_of
from game.web.desk.posts.sources import ROOM, Source, sources
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.post("/desk/posts/ask")
@needs(JUDGE_LEADS)
def ask_post() -> ResponseReturnValue:
    """The passages that may answer, the nearest first."""
    topic, question = topic_of(request.form.get("topic", "")), _question()
    try:
        _check(question)
    except Refusal as refusal:
        faults = messages.refusal(refusal)["fields"]
        return dossier_page(topic, faults, question=question), 422
    with current().store.session() as s:
        found = found_of(s, topic, post_of(s, topic), question)
    return dossier_page(topic, {}, found=found, question=question, cited=CITED)


@blueprint.post("/desk/posts/ask/model")
@needs(JUDGE_LEADS)
def ask_model_of_post() -> ResponseReturnValue:
    """Has a model answer, in a job, from passages of brief and documents alone."""
    game, by, topic, question = current(), current_user.id, *_asked()
    if not game.settings.helper_for("post") or not question:
        return redirect(url_for("desk.dossier", topic=topic))
    with game.store.session() as s:
        post = post_of(s, topic)
        kept = [one for one in found_of(s, topic, post, question) if one.kind != ROOM]
    given = asked(question, [one.text for one in kept], language_of(post))
    told = given.model_dump() | {"topic": topic, "sources": [_plain(one) for one in kept]}
    draft = game.writer.write(lambda s: jobs.ask(s, "post", told, by, None))
    return redirect(url_for("desk.dossier", topic=topic, draft=draft) + "#answer")


def _asked() -> tuple[str, str]:
    question = _question()
    return topic_of(request.form.get("topic", "")), question[:LONGEST]


def _question() -> str:
    return " ".join(request.form.get("question", "").split())


def _check(question: str) -> None:
    if not question:
        raise Refusal("bad_input", {"question": "missing"})
    if len(question) > LONGEST:
        raise Refusal("bad_input", {"question": "too_long"})


def found_of(s: Session, topic: str, post: Post | None, question: str) -> list[Source]:
    """The texts that share most with a question, the nearest first."""
    every = sources(s, topic, post, question)
    order = best(question, [one.text for one in every], language_of(post), SHOWN)
    return [every[n] for n in order]


def _plain(one: Source) -> dict[str, str | int]:
    return {"name": one.name, "day": one.day.isoformat(), "page": one.page}


def _source(kept: Json) -> Source:
    day = date.fromisoformat(str(kept["day"]))
    return Source("", "", str(kept["name"]), day, number(kept, "page"))


def answer_of(topic: str, draft_id: str) -> dict[str, object]:
    """What a model was asked of a post, and its answer; nothing where there is no such draft."""
    with current().store.session() as s:
        draft = s.get(Draft, draft_id) if draft_id else None
        going = jobs.is_awaited(s, draft)
    if draft is None or draft.task != "post" or draft.asked.get("topic") != topic:
        return {}
    given = Question.model_validate({n: draft.asked[n] for n in Question.model_fields})
    where = {n: _source(one) for n, one in enumerate(objects(draft.asked["sources"]))}
    said = Explained.model_validate(draft.answer).sentences if draft.answer else ()
    return {
        "question": given.question,
        "draft": draft,
        "going": going,
        "said": [(one, where.get(one.passage)) for one in said],
    }
