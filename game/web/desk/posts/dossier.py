"""A post's dossier, shown."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from game.accounts.policy import JUDGE_LEADS
from game.web.desk.posts.page import dossier_page, topic_of
from game.web.desk.posts.questions import answer_of
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.get("/desk/posts")
@needs(JUDGE_LEADS)
def dossier() -> ResponseReturnValue:
    """All that is known of one post, or the posts to choose from."""
    topic = topic_of(request.args.get("topic", ""))
    return dossier_page(topic, {}, **answer_of(topic, request.args.get("draft", "")))


@blueprint.post("/desk/posts/show")
@needs(JUDGE_LEADS)
def show_dossier() -> ResponseReturnValue:
    """The dossier of the post that a form asks for."""
    return redirect(url_for("desk.dossier", topic=topic_of(request.form.get("topic", ""))))
