"""The whole pool to a file and back, for the command line."""

import csv
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, month_after
from game.base.private import private_file
from game.base.refusal import Refusal
from game.exports import csv_file, rows, xlsx_file
from game.pool import keys, search
from game.pool import lead as change
from game.privacy.audit import audit
from game.privacy.suppression import suppressed
from game.rules.person import match_keys
from game.store.base import new_id
from game.store.tables import Lead, LeadKey


def export_pool(session: Session, file: Path) -> int:
    """Writes all leads, as XLSX or CSV by the file's ending; returns how many."""
    everybody, today = search.Filter(), day_of(now_ms())
    count = search.count(session, everybody, today)
    lines = rows.every(lambda: nullcontext(session), everybody, today)
    with private_file(file) as there:
        if file.suffix == ".xlsx":
            there.write(xlsx_file.write(rows.COLUMNS, lines))
        else:
            there.write(csv_file.write(rows.COLUMNS, lines).encode())
    audit(session, None, "pool_exported", {"format": file.suffix, "count": count})
    return count


def import_pool(session: Session, file: Path, secret: str) -> tuple[int, list[str]]:
    """Adds the leads of a CSV with at least a `name` column; returns how many, and each fault.

    A lead that is known already is skipped, and so is one who was erased.
    """
    text = file.read_text(encoding="utf-8-sig")
    dialect = csv.Sniffer().sniff(text.splitlines()[0], ",;") if text else csv.excel
    faults: list[str] = []
    taken = 0
    for line, raw in enumerate(csv.DictReader(text.splitlines(), dialect=dialect), 2):
        cells = {k: csv_file.unsafe(v or "") for k, v in raw.items() if isinstance(k, str)}
        try:
            taken += _take(session, cells, secret)
        except Refusal as refusal:
            said = ", ".join(f"{name} ({code})" for name, code in refusal.fields.items())
            faults.append(f"line {line}: {said or refusal.code}")
    audit(session, None, "pool_imported", {"count": taken, "refused": len(faults)})
    return taken, faults


def _take(session: Session, cells: dict[str, str], secret: str) -> bool:
    values = change.clean(cells)
    now = now_ms()
    due = cells.get("inform_by") or month_after(day_of(now)).isoformat()
    try:
        inform_by = datetime.strptime(due, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Refusal("bad_input", {"inform_by": "invalid"}) from None
    channel = cells.get("channel", "")[:40] or "pool"
    lead = Lead(id=new_id(), origin="import", channel=channel, created_at=now, **values)
    lead.inform_by, lead.internal, lead.verdict = inform_by, False, ""
    own = match_keys(lead)
    if suppressed(session.connection(), secret, own) or _known(session, own):
        return False
    session.add(lead)
    session.flush()
    keys.give(session.connection(), {lead.id: own})
    return True


def _known(session: Session, keys: tuple[str, ...]) -> bool:
    return session.scalar(select(LeadKey.lead_id).where(LeadKey.key.in_(keys)).limit(1)) is not None
