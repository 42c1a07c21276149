"""Copies of ready-made briefs that say one language alone, as those of earlier versions do."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.rules.pack import Pack
from game.rules.translation import not_yet_said
from game.store.tables import BriefRow, Workshop
from game.store.version import touch


def lacking(
    briefs: Sequence[BriefRow], spoken: str, packs: Sequence[Pack]
) -> dict[str, dict[str, object]]:
    """What the packs say of these briefs in languages they lack: by brief, by language.

    `spoken` is the workshop's language. Of a brief that was made another job there is nothing.
    """
    found = {row.id: not_yet_said(row, row.lang or spoken, packs) for row in briefs}
    return {id: texts for id, texts in found.items() if texts}


def bring(session: Session, workshop_id: str, packs: Sequence[Pack]) -> None:
    """Has a workshop's copies say those languages, too."""
    spoken = session.get_one(Workshop, workshop_id).lang
    mine = select(BriefRow).where(BriefRow.workshop_id == workshop_id)
    rows = {row.id: row for row in session.scalars(mine)}
    for id, texts in lacking(list(rows.values()), spoken, packs).items():
        rows[id].translations = {**rows[id].translations, **texts}
    touch(session, workshop_id)
