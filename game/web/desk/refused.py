"""Why something is refused, with the way to where it is put right."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from game.accounts.policy import KEEP_PAPERS, may
from game.screens import messages
from game.screens.mail_words import mail_words


def told(code: str) -> str:
    """The sentence of a refusal; who may publish the notice finds the link to where it is done."""
    text = messages.text(code)
    if code != "notice_unpublished" or not may(current_user, KEEP_PAPERS):
        return text
    link = Markup('{} <a href="{}">{}</a>')
    return link.format(text, url_for("law.write_notice"), _("Publier la notice aux contacts"))


def mail_told() -> dict[str, dict[str, str]]:
    """The words of messages and mailings, with those links."""
    words = mail_words()
    return {**words, "bars": {code: told(code) for code in words["bars"]}}
