"""A blind trial: five cases of one's own, answered by rules and by the model, side by side."""

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.helpers import post, wording
from game.helpers.trial import CASES, MODEL, RULES, suggested
from game.jobs import drafts as jobs
from game.jobs import trials
from game.pool.posts import Post, post_of, posts
from game.screens.draft_words import draft_words
from game.screens.way_words import task_words
from game.store.tables import Draft
from game.web.desk.posts.page import SECONDS, language_of, topic_of
from game.web.desk.posts.questions import found_of
from game.web.desk.posts.sources import ROOM
from game.web.desk.surface import blueprint, watched
from game.web.i18n import lang
from game.web.security import needs


@blueprint.get("/desk/aids/trial/<any(wording, post):task>")
@needs(JUDGE_LEADS)
def trial(task: str) -> ResponseReturnValue:
    """A place for five cases, or those that were given, to choose between."""
    return _page(_allowed(task), {})


@blueprint.post("/desk/aids/trial/<any(wording, post):task>")
@needs(JUDGE_LEADS)
def begin_trial(task: str) -> ResponseReturnValue:
    """Has rules and model answer five cases, in the place of an earlier trial."""
    _allowed(task)
    form, by = request.form, current_user.id
    topic = topic_of(form.get("topic", ""))
    given = [" ".join(form.get(f"case-{n}", "").split())[: post.LONGEST] for n in range(CASES)]
    missing = {f"case-{n}": "missing" for n, one in enumerate(given) if not one}
    if missing:
        return _page(task, missing), 422
    with current().store.session() as s:
        about = post_of(s, topic) if task == "post" else None
        cases = [_case(s, task, topic, about, one) for one in given]
    current().writer.write(lambda s: trials.begin(s, task, topic, cases, by))
    return redirect(url_for("desk.trial", task=task))


@blueprint.post("/desk/aids/trial/<any(wording, post):task>/pick")
@needs(JUDGE_LEADS)
def pick_in_trial(task: str) -> ResponseReturnValue:
    """Notes which answers were preferred."""
    _allowed(task)
    by, form = current_user.id, request.form

    current().writer.write(lambda s: trials.pick(s, task, by, lambda n: form.get(f"pick-{n}", "")))
    return redirect(url_for("desk.trial", task=task))


def _allowed(task: str) -> str:
    if not current().settings.helper_for(task):
        abort(404)
    return task


def _case(s: Session, task: str, topic: str, about: Post | None, said: str) -> trials.Case:
    if task == "wording":
        given = wording.Compared(lang=lang(), names=(said,))
        proposals = list(wording.by_rules(given).proposals)
        return trials.Case(said, given.model_dump(mode="json"), proposals)
    kept = [one for one in found_of(s, topic, about, said) if one.kind != ROOM]
    asked = post.asked(said, [one.text for one in kept], language_of(about))
    told = asked.model_dump(mode="json") | {"topic": topic, "sources": []}
    return trials.Case(said, told, [one.text for one in post.by_rules(asked).sentences])


def _texts(task: str, draft: Draft | None) -> list[str]:
    """What a model answered; nothing where it gave no answer of its own."""
    if draft is None or not draft.answer or draft.why:
        return []
    if task == "wording":
        return list(wording.Proposed.model_validate(draft.answer).proposals)
    return [one.text for one in post.Explained.model_validate(draft.answer).sentences]


def _page(task: str, faults: dict[str, str]) -> Response:
    by = current_user.id
    with current().store.session() as s:
        row = None if faults else trials.trial_of(s, task, by)
        shown, going = [], False
        for one in row.cases if row else ():
            draft = s.get(Draft, one["draft"])
            going |= jobs.is_awaited(s, draft)
            pair = [one["rules"], _texts(task, draft)]
            why = draft.why if draft else ""
            shown.append((one, pair[::-1] if one["model_first"] else pair, why, draft))
        offered = [each.title for each in posts(s)]
    picks = [str(one["pick"]) for one in row.cases] if row else []
    return watched(
        "desk/trial.html",
        SECONDS,
        going=going,
        task=task,
        tasks=task_words(),
        model=current().settings.helper_for(task),
        row=row,
        shown=shown,
        count=CASES,
        offered=offered,
        suggested=suggested(picks),
        sums={name: picks.count(name) for name in (RULES, MODEL, "same")},
        typed=request.form,
        faults=faults,
        words=draft_words(),
    )
