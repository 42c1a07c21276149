"""Questions to a post's dossier: passages with source and day; a model's sentences cite them.

Words find the passages. Where vectors are installed, a job says how near each is in meaning, and
the page shows the same passages in another order once it has.
"""

from collections.abc import Mapping
from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.base.json_object import Json, number, objects
from game.base.refusal import Refusal
from game.context import current
from game.helpers.near import is_there
from game.helpers.post import CITED, LONGEST, Explained, Question, asked, order
from game.jobs import drafts as jobs
from game.jobs import near
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
    game, by = current(), current_user.id
    with game.store.session() as s:
        found = found_of(s, topic, post_of(s, topic), question)
    if len(found) < 2 or not is_there():
        return dossier_page(topic, {}, found=found, question=question, cited=CITED)
    texts = [one.text for one in found]
    draft = game.writer.write(lambda s: near.ask(s, topic, question, texts, by))
    return redirect(url_for("desk.dossier", topic=topic, draft=draft) + "#answer")


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


def found_of(
    s: Session,
    topic: str,
    post: Post | None,
    question: str,
    meant: Mapping[str, float] | None = None,
) -> list[Source]:
    """The texts that share most with a question, the nearest first; `meant` as `post.order` has."""
    every = sources(s, topic, post, question)
    places = order(question, [one.text for one in every], language_of(post), meant or {})
    return [every[n] for n in places]


def _plain(one: Source) -> dict[str, str | int]:
    return {"name": one.name, "day": one.day.isoformat(), "page": one.page}


def _source(kept: Json) -> Source:
    day = date.fromisoformat(str(kept["day"]))
    return Source("", "", str(kept["name"]), day, number(kept, "page"))


def answer_of(topic: str, draft_id: str) -> dict[str, object]:
    """What was asked of a post, and the answer; nothing where there is no such draft."""
    with current().store.session() as s:
        draft = s.get(Draft, draft_id) if draft_id else None
        going = jobs.is_awaited(s, draft)
        if draft is None or draft.asked.get("topic") != topic:
            return {}
        if draft.task == near.TASK:
            return _reordered(s, topic, draft, going=going)
    if draft.task != "post":
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


def _reordered(s: Session, topic: str, draft: Draft, *, going: bool) -> dict[str, object]:
    """The passages in the order of words, and of meaning as well once vectors have told it."""
    question, told = str(draft.asked["question"]), (draft.answer or {}).get("near")
    meant = {str(k): float(v) for k, v in told.items()} if isinstance(told, dict) else {}
    found = found_of(s, topic, post_of(s, topic), question, meant)
    shown = {"question": question, "found": found, "cited": CITED, "going": going}
    return {**shown, "meant": draft if meant else None}
