"""Files of public reference, read in the background, with progress and a way to stop."""

from pathlib import Path

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.imports import reference as files
from game.imports.kept import Kept
from game.jobs import queue
from game.jobs.run import Run
from game.privacy.audit import audit
from game.store.tables import ReferenceFile

KIND = "reference"
FOLDER = "references"  # of the instance: where an administrator puts what is too large to send


def folder(instance: Path) -> Path:
    """Where files lie that are too large for a browser; what lies there is left there."""
    return instance / FOLDER


def ask(session: Session, file_id: str, there: str, by: str) -> None:
    """Has a file read: one that was sent, or the one of this name in the folder."""
    row = session.get_one(ReferenceFile, file_id)
    row.job_id = queue.enqueue(session, KIND, {"file": file_id, "there": there}, user_id=by)


def stop(session: Session, file_id: str, by: str) -> None:
    """Nobody wants the rest; what was kept stays until it is taken out."""
    row = session.get(ReferenceFile, file_id)
    if row is not None and row.job_id:
        queue.cancel(session.connection(), row.job_id)
        audit(session, by, "reference_stopped", {"file": file_id})


def read(run: Run) -> dict[str, object]:
    """Reads a file to its end, or to where somebody stops it."""
    id, there = str(run.given["file"]), str(run.given["there"])
    kept = Kept(run.settings.instance_dir)
    with run.store.session() as session:
        row = session.get(ReferenceFile, id)
    if row is None:
        kept.drop(id)
        return {}
    path = folder(run.settings.instance_dir) / there if there else kept.file(id)
    taken, ended = files.Taken(), "done"
    try:
        files.take(run, path, id, row.day, files.wanted_of(row.wanted), taken)
    except queue.JobCancelled:
        _end(run, id, taken, "stopped")
        kept.drop(id)
        raise
    except Refusal as refusal:
        ended = next(iter(refusal.fields.values()), refusal.code)
    except FileNotFoundError:
        ended = "reference_unreadable"
    _end(run, id, taken, ended)
    kept.drop(id)
    return {"kept": sum(taken.kept.values()), "ended": ended}


def _end(run: Run, id: str, taken: files.Taken, ended: str) -> None:
    with run.session() as session:
        row = session.get(ReferenceFile, id)
        if row is not None:
            row.report = taken.report(ended)
            audit(session, row.user_id, "reference_read", {"file": id, "ended": ended})
