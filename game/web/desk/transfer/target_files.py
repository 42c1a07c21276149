"""A list as the file that a target takes."""

from collections.abc import Iterator, Mapping

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS
from game.base.clock import now_ms
from game.base.days import today
from game.base.refusal import Refusal
from game.context import Game, current
from game.exports import target_file
from game.exports.beside import Handed, Wanted, sheet_of
from game.exports.mapping import PREFIX, mapping
from game.exports.pace import Players, paced
from game.exports.push import note_disclosed
from game.exports.remote import note_filed
from game.exports.words import words
from game.pool import seen
from game.screens import messages
from game.web.desk.leads.table import wanted
from game.web.desk.surface import attachment, blueprint
from game.web.desk.transfer.export import SMALL, TYPES, exports
from game.web.desk.transfer.target_look import Chosen, chosen, gone, ready_leads
from game.web.desk.transfer.targets import target_page
from game.web.i18n import lang
from game.web.security import needs

ZIP = "application/zip"


@blueprint.post("/desk/export/<target>/<any(csv, xlsx):kind>")
@needs(EXPORT_LEADS)
def export_to(target: str, kind: str) -> ResponseReturnValue:
    """Those of the list who are ready, as a file, or several in a zip."""
    game, by, asked = current(), current_user.id, wanted()
    with game.store.session() as s:
        sent = request.form
        what = chosen(s, target, by, untold=bool(sent.get("untold")), again=bool(sent.get("again")))
    if what.target.form is None or kind not in what.target.form.kinds:
        raise Refusal("unknown_target")
    faults = faults_of(what)
    if faults:
        return target_page(target, faults), 422
    ids, untold = ready_leads(what, asked)
    if not ids:
        return target_page(target, {"all": messages.text("nobody_ready")}), 422
    asked_for = _wanted(game, what, kind, len(ids))
    body = exports.stream(asked_for) if len(ids) > SMALL else _small(game, asked_for)

    def note(s: Session) -> None:
        seen.note_export(s, asked, len(ids), f"{target}.{kind}", by)
        if what.target.recipient:
            note_filed(s, target, ids, now_ms())
            note_disclosed(s, untold, asked_for.today)

    game.writer.write(note)
    return _file(asked_for, body)


def faults_of(what: Chosen) -> Mapping[str, str]:
    """What is to be put right before anything leaves, by field."""
    lacking = {one.name: messages.text("missing") for one in what.setting.lacking(what.target)}
    if lacking:
        return {"all": messages.text("target_unset"), **lacking}
    unsaid = what.target.mails and not what.options.get("mails_people")
    return {"mails_people": messages.text("check_mails")} if unsaid else {}


def _wanted(game: Game, what: Chosen, kind: str, count: int) -> Wanted:
    """What is to be written, as another process is told of it."""
    with game.store.session() as s:
        own = mapping(s, current_user.id, what.target.key.removeprefix(PREFIX))
    to = Handed(
        what.target.key,
        what.options,
        what.untold,
        target_file.too_many(what.target, count),
        own.columns if own and what.target.key.startswith(PREFIX) else [],
        what.left_before,
    )
    separator = own.separator if own else ""
    url = game.settings.database_url
    return Wanted(url, wanted(), today(), kind, lang(), separator, gone(), to)


def _small(game: Game, asked: Wanted) -> Iterator[bytes]:
    """The file, made here: a process of its own would take longer to start."""
    assert asked.to is not None
    plays = Players(lambda: game.writer.committed)
    sheet, read = sheet_of(asked, asked.to), words(game.pack(asked.lang), asked.lang)
    lines = target_file.rows(
        game.store.session, asked.filter, asked.today, read, sheet, asked.returned
    )
    return target_file.stream(sheet, paced(lines, plays))


def _file(asked: Wanted, body: Iterator[bytes]) -> ResponseReturnValue:
    assert asked.to is not None
    name = f"{target_file.name_of(sheet_of(asked, asked.to))}-{asked.today.isoformat()}"
    if asked.to.parted:
        return attachment(body, ZIP, f"{name}.zip")
    return attachment(body, TYPES[asked.kind], f"{name}.{asked.kind}")
