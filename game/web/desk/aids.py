"""The aids: which there are, what each is told, and what a model's answers cost."""

from flask import render_template
from flask.typing import ResponseReturnValue

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.jobs.drafts import costs
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.get("/desk/aids")
@needs(JUDGE_LEADS)
def aids() -> ResponseReturnValue:
    """The way to each aid, and the sums of each month."""
    settings = current().settings
    with current().store.session() as s:
        months = costs(s)
    return render_template(
        "desk/aids.html",
        months=months,
        cv_on=settings.cv_beside_brief == "on",
        place=settings.helper_url.partition("://")[2].partition("/")[0],
        models={
            name: settings.helper_for(name) for name in ("message", "wording", "employers", "post")
        },
    )
