"""Asking colleagues for the introductions that they offered."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.pool.introduction import Introduction, offered
from game.web.desk.surface import blueprint
from game.web.security import needs


@blueprint.get("/desk/introductions")
@needs(JUDGE_LEADS)
def introductions() -> ResponseReturnValue:
    """Whom to ask for an introduction to whom, each with a message to copy."""
    by, secret = current_user.id, current().secret
    found = current().writer.write(lambda s: offered(s, secret, by))
    asked = [(one, message(one)) for one in found]
    return render_template("desk/introductions.html", asked=asked)


def message(one: Introduction) -> str:
    """What to write to a colleague. They named the person: it tells them nothing new."""
    told = {"first": one.first_name, "workshop": one.workshop, "lead": one.named}
    ways: dict[str, str] = {
        "introduce": _(
            "Bonjour %(first)s,\n\nPendant « %(workshop)s », vous avez proposé de nous présenter"
            " %(lead)s. Pouvez-vous lui écrire quelques mots en nous mettant en copie, ou nous dire"
            " comment vous préférez faire ?\n\nMerci beaucoup.",
            **told,
        ),
        "first": _(
            "Bonjour %(first)s,\n\nPendant « %(workshop)s », vous avez dit que vous parleriez"
            " d'abord à %(lead)s. Est-ce fait ? Nous n'écrirons qu'après vous.\n\nMerci beaucoup.",
            **told,
        ),
        "together": _(
            "Bonjour %(first)s,\n\nPendant « %(workshop)s », vous avez proposé que nous écrivions"
            " ensemble à %(lead)s. Quand avez-vous dix minutes ?\n\nMerci beaucoup.",
            **told,
        ),
    }
    return ways[one.way]
