"""One person as a file: all that is held, for reading or for programs; a card; a short CV."""

from collections.abc import Callable

import orjson
from flask import Response, render_template
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS, READ_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.exports import card_file, words
from game.exports.person import Person, persons
from game.exports.receivers import tool_named
from game.exports.resume import resume
from game.pool.own_file import own_file
from game.privacy import inform
from game.privacy.audit import audit
from game.privacy.objection import has_objected
from game.web.desk.surface import attachment, blueprint, lead_of
from game.web.i18n import lang
from game.web.security import needs

HTML, JSON = "text/html; charset=utf-8", "application/json"
CARDS: dict[str, tuple[str, str, Callable[[Person], bytes]]] = {
    "vcard": ("text/vcard; charset=utf-8", "vcf", card_file.card),
    "resume": (
        JSON,
        "json",
        lambda person: orjson.dumps(resume(person), option=orjson.OPT_INDENT_2),
    ),
}


@blueprint.post("/desk/leads/<lead_id>/held/<any(json, html):form>")
@needs(READ_LEADS)
def lead_held(lead_id: str, form: str) -> Response:
    """All that is held of a person, as they are given it themselves, whatever was objected."""
    with current().store.session() as s:
        said = words.words(current().pack(lang()), lang())
        held = own_file(s, lead_of(s, lead_id), said, lang(), tool_named(lang()))
    _note(lead_id, form)
    if form == "json":
        body = orjson.dumps(held.plain(), option=orjson.OPT_INDENT_2)
        return attachment(iter([body]), JSON, f"sourcerie-{lead_id}.json")
    page = render_template("contact/data.html", held=held)
    return attachment(iter([page.encode()]), HTML, f"sourcerie-{lead_id}.html")


@blueprint.post("/desk/leads/<lead_id>/card/<any(vcard, resume):card>")
@needs(EXPORT_LEADS)
def lead_card(lead_id: str, card: str) -> Response:
    """A person as an address book or a reader of CVs takes them, where they may leave."""
    with current().store.session() as s:
        _check(s, lead_id)
        said = words.words(current().pack(lang()), lang())
        person = next(persons(s, [lead_of(s, lead_id)], said, lang()))
    _note(lead_id, card)
    mimetype, ending, write = CARDS[card]
    name = f"sourcerie-{card}-{lead_id}.{ending}"
    return attachment(iter([write(person)]), mimetype, name)


def _check(session: Session, lead_id: str) -> None:
    """Lets pass who may be exported. Raises Refusal."""
    if lead_of(session, lead_id).rehearsed:
        raise Refusal("lead_rehearsed")
    if has_objected(session, current().secret, lead_id):
        raise Refusal("lead_objected")
    inform.check(session, lead_id, "export", today())


def _note(lead_id: str, form: str) -> None:
    by = current_user.id
    told = {"lead": lead_id, "format": form}
    current().writer.write(lambda s: audit(s, by, "lead_filed", told))
