"""The interview grid of a post: proposed from its must-haves, changed by hand, printed."""

from dataclasses import asdict

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.base.refusal import Refusal
from game.context import current
from game.helpers.grid import proposed
from game.pool import grid as kept
from game.pool.posts import post_of, posts, titled
from game.screens import messages
from game.web.desk.posts.page import language_of, topic_of
from game.web.desk.surface import blueprint
from game.web.security import needs

BLANKS = 2  # empty questions below those that are there


@blueprint.get("/desk/grids")
@needs(JUDGE_LEADS)
def grid() -> ResponseReturnValue:
    """The grid of a post, as it was kept or as the rules propose it."""
    return _page(topic_of(request.args.get("topic", "")), {})


@blueprint.post("/desk/grids/show")
@needs(JUDGE_LEADS)
def show_grid() -> ResponseReturnValue:
    """The grid of the post that a form asks for."""
    return redirect(url_for("desk.grid", topic=topic_of(request.form.get("topic", ""))))


@blueprint.post("/desk/grids")
@needs(JUDGE_LEADS)
def save_grid() -> ResponseReturnValue:
    """Keeps the grid as it was written; a question without text is struck."""
    topic, by = topic_of(request.form.get("topic", "")), current_user.id
    written = _written()
    with current().store.session() as s:
        spoken = language_of(post_of(s, topic))
    try:
        current().writer.write(lambda s: kept.save(s, topic, spoken, written, by))
    except Refusal as refusal:
        return _page(topic, messages.refusal(refusal)["fields"], written), 422
    flash(_("La grille est enregistrée."))
    return redirect(url_for("desk.grid", topic=topic))


@blueprint.get("/desk/grids/print")
@needs(JUDGE_LEADS)
def print_grid() -> ResponseReturnValue:
    """The grid on paper: questions, room to write, and levels to read."""
    topic = topic_of(request.args.get("topic", ""))
    with current().store.session() as s:
        found = kept.grid_of(s, topic)
    if found is None:
        abort(404)
    return render_template("desk/grid_print.html", topic=topic, questions=found.questions)


def _written() -> list[dict[str, object]]:
    form = request.form
    count = len([name for name in form if name.startswith("text-")])
    return [
        {
            "must_have": form.get(f"must-{n}", ""),
            "theme": form.get(f"theme-{n}", "")[:40],
            "text": form.get(f"text-{n}", ""),
            "levels": form.get(f"levels-{n}", "").splitlines(),
        }
        for n in range(min(count, kept.MOST + BLANKS))
    ]


def _page(
    topic: str, faults: dict[str, str], written: list[dict[str, object]] | None = None
) -> str:
    with current().store.session() as s:
        every, found = posts(s), kept.grid_of(s, topic)
    post = titled(every, topic)
    offered = [one.title for one in every if one.must_haves]
    spoken = language_of(post)
    rules: list[dict[str, object]] = []
    pack = current().pack(spoken)
    if post and pack.themes:
        rules = [asdict(one) for one in proposed(post.must_haves, pack.themes, spoken)]
    lines = written or ([dict(one) for one in found.questions] if found else rules)
    usual = next((one.levels for one in pack.themes if one.key == "craft"), ())
    blank = {"must_have": "", "theme": "", "text": "", "levels": usual}
    return render_template(
        "desk/grid.html",
        topic=topic,
        offered=list(dict.fromkeys([*offered, *filter(None, [topic])])),
        kept=found,
        lines=[*lines, *([] if written else [blank] * BLANKS)],
        bank=pack.themes,
        must=post.must_haves[0] if post and post.must_haves else "",
        faults=faults,
    )
