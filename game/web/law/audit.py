"""The audit, for the data-protection officer: read, narrowed, verified, kept as a file."""

import re

import orjson
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import READ_AUDIT
from game.base.days import day_from, today
from game.context import current
from game.exports import csv_file
from game.privacy import chain, trail
from game.privacy.audit import audit as note
from game.screens.audit_words import audit_words
from game.store.tables import AuditEntry
from game.web.desk.surface import attachment
from game.web.law.surface import blueprint
from game.web.security import needs

SEQ = re.compile("[0-9]{1,15}")
HEADER = ("seq", "at", "user", "action", "detail", "seal")


def _wanted() -> trail.Wanted:
    sent = request.values
    action, user, about = (sent.get(name, "").strip()[:40] for name in ("action", "user", "about"))
    since, until = (day_from(sent.get(name, "")) for name in ("since", "until"))
    return trail.Wanted(action=action, user=user, about=about, since=since, until=until)


@blueprint.get("/law/audit")
@blueprint.post("/law/audit")
@needs(READ_AUDIT)
def audit() -> ResponseReturnValue:
    """The newest entries of a filter that no address holds; and whether the chain is whole."""
    wanted, before = _wanted(), request.values.get("before", "")
    with current().store.session() as s:
        rows = trail.page(s, wanted, int(before) if SEQ.fullmatch(before) else None)
        found = chain.verify(s)
        actions, people = trail.actions(s), trail.people(s)
    words = audit_words()
    more = len(rows) > trail.PAGE
    return render_template(
        "law/audit.html",
        rows=rows[: trail.PAGE],
        older=rows[trail.PAGE - 1].seq if more else None,
        wanted=wanted,
        found=found,
        actions=sorted(((one, words.get(one, one)) for one in actions), key=lambda pair: pair[1]),
        people=people,
        words=words,
    )


@blueprint.post("/law/audit/export")
@needs(READ_AUDIT)
def audit_file() -> ResponseReturnValue:
    """The entries of a filter as a file, with their seals; the export is an entry, too."""
    wanted, by = _wanted(), current_user.id
    current().writer.write(lambda s: note(s, by, "audit_exported"))
    body = csv_file.write(HEADER, _lines(wanted), csv_file.SEPARATORS["semicolon"])
    return attachment(body, "text/csv; charset=utf-8", f"sourcerie-audit-{today()}.csv")


def _lines(wanted: trail.Wanted) -> list[tuple[str, ...]]:
    with current().store.session() as s:
        return [_line(entry) for entry in trail.every(s, wanted)]


def _line(entry: AuditEntry) -> tuple[str, ...]:
    detail = orjson.dumps(entry.detail, option=orjson.OPT_SORT_KEYS).decode()
    who, seal = entry.user_id or "", entry.seal or ""
    return (str(entry.seq), str(entry.at), who, entry.action, detail, seal)
