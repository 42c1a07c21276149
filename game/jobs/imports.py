"""Files that people were handed over in: looked through, taken in, taken back.

People are taken in a few a transaction, with how far it is: a worker that dies leaves what it took
and a place to go on from, and nobody comes twice. What was taken when somebody stops it stays, and
can be taken back.
"""

from collections import Counter
from time import monotonic, sleep, time

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.orm import Session

from game.base import paths
from game.base.clock import now_ms
from game.base.json_object import number
from game.base.refusal import Refusal
from game.base.secret import secret_key
from game.content import short_names
from game.imports import mapping
from game.imports.kept import Kept
from game.imports.labels import Labels
from game.imports.line import Reader
from game.imports.pool_file import LONGEST_REST, Outcome, Read, in_batches, lines_of, take
from game.imports.rehearsal import Rehearsal
from game.imports.table import Table
from game.jobs import queue
from game.jobs.run import Run
from game.pool.intake import Intake
from game.pool.taken_back import take_back
from game.privacy.audit import audit
from game.rules.person import fold
from game.store.scrub import scrub
from game.store.statistics import LARGE, count_anew
from game.store.tables import ImportFile, Job, PoolImport
from game.store.tables.job import GOING

REHEARSE, TAKE, BACK, SWEEP = "import_preview", "import", "import_undo", "import_files"
SHOWN = 15  # lines of each state in a preview
STEP = 500  # lines
LEFT_MS = 24 * 3_600_000  # until a file that nobody imports goes


def ask_to_rehearse(session: Session, file: ImportFile, by: str) -> None:
    """Asks for a preview, in the place of an earlier one."""
    if file.job_id:
        queue.cancel(session.connection(), file.job_id)
    file.job_id = queue.enqueue(session, REHEARSE, {"import": file.id}, user_id=by)


def ask_to_take(session: Session, file: ImportFile, by: str) -> bool:
    """Asks for the import itself; False where somebody has already."""
    id, name = file.id, file.name
    job = queue.enqueue(session, TAKE, {"import": id}, once=f"{TAKE} {id}", user_id=by)
    if not job:
        return False
    session.add(PoolImport(id=id, name=name, at=now_ms(), user_id=by, job_id=job))
    file.job_id = job
    audit(session, by, "import_started", {"import": id})
    return True


def ask_to_take_back(session: Session, made: PoolImport, by: str) -> None:
    """Asks for an import to be undone. Raises Refusal where it goes on, or is undone."""
    job = session.get(Job, made.job_id) if made.job_id else None
    if made.undone_at or (job and job.is_going):
        raise Refusal("not_now")
    made.job_id = queue.enqueue(session, BACK, {"import": made.id, "by": by}, user_id=by)


def rehearse(run: Run) -> dict[str, object]:
    """Says what would come of each line of a file; the first of each sort are kept to be shown."""
    id = str(run.given["import"])
    file = _file(run, id)
    if file is None:
        return {}
    kept, counts = Kept(run.settings.instance_dir), Counter[str]()
    rehearsal = Rehearsal(run.store, secret_key(run.settings), short_names.load(paths.content()))
    try:
        found = mapping.mapped(kept.file(id), file.fields)
        total = sum(table.total for table in found)
        rows = []
        country = run.settings.default_country
        for n, row in enumerate(rehearsal.rows(kept.file(id), run.packs, country, found), 1):
            counts[row.state] += 1
            if counts[row.state] <= SHOWN:
                rows.append({**row.said(), "name": row.name})
            if n % STEP == 0:
                _step(run, n, max(n, total))
    except Refusal as refusal:
        kept.note(id, "preview", {"fault": refusal.code})
        return {"fault": refusal.code}
    told = {"counts": counts, "rows": rows, "unused": rehearsal.outcome.unused}
    _keep_preview(run, kept, id, {**told, "mended": rehearsal.outcome.mendings})
    return dict(counts)


def _keep_preview(run: Run, kept: Kept, id: str, told: dict[str, object]) -> None:
    """Written only where it is still wanted: the file was not given up, nor mapped anew."""
    with run.transaction() as connection:
        mine = select(ImportFile.id).where(ImportFile.id == id, ImportFile.job_id == run.held.id)
        if connection.scalar(mine):
            kept.note(id, "preview", told)


def take_in(run: Run) -> dict[str, object]:
    """Takes the people of a file into the pool, from where an earlier try stood."""
    id, kept = str(run.given["import"]), Kept(run.settings.instance_dir)
    file = _file(run, id)
    if file is None:
        kept.drop(id)
        return {}
    outcome, ended = _so_far(run, id), "done"
    title = _Title(file.name)
    try:
        _take_all(run, file, mapping.mapped(kept.file(id), file.fields), outcome, title)
    except queue.JobCancelled:
        _end(run, file, outcome, "stopped", title)
        kept.drop(id)
        raise
    except (Refusal, FileNotFoundError):
        ended = "unreadable"
    except queue.ClaimLost:
        raise
    except Exception:
        if run.held.tries >= queue.TRIES:  # nobody comes back to it: the file is not left behind
            _end(run, file, outcome, "unreadable", title)
            kept.drop(id)
        raise
    _end(run, file, outcome, ended, title)
    kept.drop(id)
    return {"taken": outcome.taken, "known": outcome.known, "refused": outcome.refusals}


def _file(run: Run, id: str) -> ImportFile | None:
    with run.store.session() as session:
        return session.get(ImportFile, id)


def _so_far(run: Run, id: str) -> Outcome:
    """What earlier tries took; what was wrong with the lines is read anew."""
    with run.store.session() as session:
        report = session.get_one(PoolImport, id).report
    return Outcome(taken=number(report, "taken"), known=number(report, "known"))


class _Title:
    """What an import is called: its file's name, unless that is the name of somebody in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.words = set(fold(name).split())

    def look_at(self, people: list[Read]) -> None:
        """Is one of them named in it?"""
        if any(self._holds(one.person.name) for one in people if one.person):
            self.name, self.words = f"*.{self.name.rpartition('.')[2]}"[:12], set()

    def _holds(self, name: str) -> bool:
        words = set(fold(name).split())
        return bool(words) and words <= self.words


def _take_all(
    run: Run, file: ImportFile, found: list[Table], outcome: Outcome, title: _Title
) -> None:
    id, total = file.id, sum(t.total for t in found)
    reader = Reader(Labels(run.packs), _country(run), file.channel)
    intake, passed, before = Intake(secret_key(run.settings), id), 0, run.held.done
    for people in in_batches(lines_of(found, reader, outcome)):
        title.look_at(people)
        passed += len(people)
        if passed <= before:  # taken by an earlier try
            last = people[-1].person
            intake.last = last.id if last else ""
            continue
        _take(run, intake, people, outcome, (passed, max(passed, total)))
    if outcome.taken >= LARGE:
        with run.transaction() as connection:
            count_anew(connection)


def _country(run: Run) -> str:
    return run.settings.default_country


def _take(
    run: Run, intake: Intake, people: list[Read], outcome: Outcome, far: tuple[int, int]
) -> None:
    began, before = monotonic(), (outcome.taken, outcome.known)
    try:
        with run.transaction() as connection:
            take(connection, intake, people, outcome)
            counts = {"taken": outcome.taken, "known": outcome.known}
            mine = update(PoolImport).where(PoolImport.id == intake.import_id)
            connection.execute(mine.values(report=counts))
            run.step(connection, *far)
    except BaseException:
        outcome.taken, outcome.known = before
        raise
    sleep(min(monotonic() - began, LONGEST_REST))


def _end(run: Run, file: ImportFile, outcome: Outcome, ended: str, title: _Title) -> None:
    """The report stays, the file goes; whoever came is compared with whom the pool knows."""
    report = {**outcome.report(), "ended": ended}
    counts = {"taken": outcome.taken, "known": outcome.known, "refused": outcome.refusals}
    with run.transaction() as connection, Session(connection) as session:
        session.execute(
            update(PoolImport)
            .where(PoolImport.id == file.id)
            .values(report=report, name=title.name)
        )
        session.execute(delete(ImportFile).where(ImportFile.id == file.id))
        said = {"import": file.id, "ended": ended, **counts}
        audit(session, file.user_id, "pool_imported", said)
        if not queue.is_asked_for(session.connection(), "doubles"):
            queue.enqueue(session, "doubles", user_id=file.user_id)
        session.flush()


def _step(run: Run, done: int, total: int) -> None:
    with run.transaction() as connection:
        run.step(connection, done, total)


def undo(run: Run) -> dict[str, object]:
    """Takes an import back."""
    id, by = str(run.given["import"]), str(run.given["by"])

    def step(connection: Connection, gone: int) -> None:
        run.step(connection, gone)

    with Session(run.store.writing) as session:
        gone, left = take_back(session, id, by, step)
        made = session.get_one(PoolImport, id)
        made.report = {**made.report, "gone": gone, "left": left}
        session.commit()
    scrub(run.store)
    return {"gone": gone, "left": left}


def sweep(run: Run) -> dict[str, object]:
    """Deletes files that nobody has imported within a day, and what a dead process left."""
    before, kept = now_ms() - LEFT_MS, Kept(run.settings.instance_dir)
    with run.transaction() as connection:
        going = select(Job.id).where(Job.state.in_(GOING))
        old = ImportFile.at < before
        idle = ImportFile.job_id.is_(None) | ImportFile.job_id.not_in(going)
        connection.execute(delete(ImportFile).where(old, idle))
        ids = list(connection.scalars(select(ImportFile.id)))
        run.step(connection, 0)
    return {"files": kept.drop_all_but(ids, time() - LEFT_MS / 1000)}


def give_up(session: Session, file: ImportFile, by: str) -> bool:
    """Nobody wants a file, or its import, any more; True where its file may be deleted now.

    One that a worker is at ends with its next few people.
    """
    if file.job_id:
        queue.cancel(session.connection(), file.job_id)
    job = session.get(Job, file.job_id, populate_existing=True) if file.job_id else None
    audit(session, by, "import_stopped", {"import": file.id})
    if job is not None and job.state == "running" and job.kind == TAKE:
        return False
    made = session.get(PoolImport, file.id)
    if made is not None:
        made.report = {**made.report, "ended": "stopped"}
    session.delete(file)
    return True
