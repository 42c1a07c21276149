"""The whole pool to a file, for the command line."""

from contextlib import nullcontext
from pathlib import Path

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.private import private_file
from game.exports import csv_file, rows, xlsx_file
from game.exports.columns import COLUMNS, titles
from game.exports.words import words
from game.pool import lead_list
from game.pool.lead_filter import Filter
from game.privacy import inform
from game.privacy.audit import audit
from game.privacy.objection import returned
from game.rules.pack import Pack


def export_pool(session: Session, secret: str, file: Path, pack: Pack, lang: str) -> int:
    """Writes the leads that may leave in the words of a language: XLSX or CSV, by its ending.

    Returns how many leads.
    """
    everybody, today = Filter(), day_of(now_ms())
    gone = returned(session, secret)
    count = lead_list.count(session, everybody, today, inform.may(session, "export", today, gone))
    lines = rows.every(lambda: nullcontext(session), everybody, today, words(pack, lang), gone)
    with private_file(file) as there:
        if file.suffix.lower() == ".xlsx":
            xlsx_file.write(COLUMNS, titles(lang), lines, there)
        else:
            separator = csv_file.separator_of(lang)
            there.writelines(csv_file.write(titles(lang), lines, separator))
    audit(session, None, "pool_exported", {"format": file.suffix, "count": count})
    return count
