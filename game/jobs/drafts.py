"""What a model is asked for: one draft a call, given up when nobody wants it any more.

No model works while a round is open, unless the settings say so. Nothing is sent by this: a draft
waits for the person who asked for it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, delete, null, or_, select, update
from sqlalchemy.orm import Session, load_only

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.json_object import Json
from game.helpers import employers, message, post, wording
from game.helpers.contract import Answer, Made, Task
from game.helpers.endpoint import Endpoint
from game.helpers.make import with_model
from game.jobs import near, queue
from game.jobs.cards import Asked, deal, phrases_of
from game.jobs.rooms import plays
from game.jobs.run import Run
from game.pool import cv_reading, grid_interview, sound
from game.privacy.audit import audit
from game.store.scrub import scrub
from game.store.tables import Draft, Job, Lead, User

KIND, SWEEP = "draft", "drafts"
MADE = Draft.made_at.is_not(None)
COUNTS = (
    *(Draft.created_at, Draft.why, Draft.tokens_in, Draft.tokens_out),
    *(Draft.millis, Draft.cpu_millis),
)
DAY = 24 * 3_600_000
TEXTS_FOR, COUNTS_FOR = 7 * DAY, 400 * DAY  # milliseconds
BEAT = 1.0  # seconds between two notes of how far it is
ENDPOINTS: dict[tuple[object, ...], Endpoint] = {}  # what was learned of a server stays known
Question = tuple[Task[Any, Any], Any]


def ask(session: Session, task: str, asked: Json, by: str, lead_id: str | None) -> str:
    """Asks for a draft; returns its id."""
    made = Draft(task=task, lead_id=lead_id, user_id=by, asked=dict(asked), created_at=now_ms())
    session.add(made)
    session.flush()
    made.job_id = queue.enqueue(session, KIND, {"draft": made.id}, user_id=by)
    told = {"draft": made.id, "task": task} | ({"lead": lead_id} if lead_id else {})
    audit(session, by, "draft_asked", told)
    return made.id


def is_awaited(session: Session, draft: Draft | None) -> bool:
    """Does a model still answer this, or is it still to be asked?"""
    if draft is None or draft.made_at is not None or not draft.job_id:
        return False
    job = session.get(Job, draft.job_id)
    return job is not None and job.is_going


def make(run: Run) -> dict[str, object]:
    """Asks the model; where it fails, the draft says so and the rules' result stands."""
    endpoint, draft_id = endpoint_of(run), str(run.given["draft"])
    with run.session() as session:
        draft = session.get(Draft, draft_id)
        question = _question(session, run, draft) if draft else None
        if draft is None or question is None or endpoint is None:
            return {"made": 0}  # the person was erased, or the server taken out, meanwhile
        name = run.settings.helper_for(draft.task)
        if not name:
            return {"made": 0}
        if run.settings.helper_in_rounds == "no" and plays(session.connection()):
            raise queue.PutOff
        run.step(session.connection(), 0)
    made = with_model(*question, endpoint, name, _ticking(run))
    with run.session() as session:
        _keep(session, draft_id, made)
    return {"made": 1, "by_rules": int(bool(made.why)), "tokens": made.reply.tokens_out}


def endpoint_of(run: Run) -> Endpoint | None:
    """The server of models of a run's settings, with what was learned of it."""
    found = Endpoint.of(run.settings)
    if found is None:
        return None
    key = (found.url, found.key, found.remote, found.seconds)
    return ENDPOINTS.setdefault(key, found)


def _ticking(run: Run) -> Callable[[int], None]:
    """Notes how far it is once a second. Raises JobCancelled, or PutOff once a round opens."""
    last = [time.monotonic()]

    def tick(count: int) -> None:
        if time.monotonic() - last[0] < BEAT:
            return
        last[0] = time.monotonic()
        with run.session() as session:
            run.step(session.connection(), count)
            if run.settings.helper_in_rounds == "no" and plays(session.connection()):
                raise queue.PutOff

    return tick


def _question(session: Session, run: Run, draft: Draft) -> Question | None:
    """The task, and what it is given."""
    if draft.task == "message":
        return _message(session, run, draft)
    if draft.task == "wording":
        return wording.TASK, wording.Compared.model_validate(draft.asked)
    if draft.task == "employers":
        return employers.TASK, employers.Wanted.model_validate(draft.asked)
    if draft.task == "post":
        known = {name: draft.asked[name] for name in post.Question.model_fields}
        return post.TASK, post.Question.model_validate(known)
    return None


def _message(session: Session, run: Run, draft: Draft) -> Question | None:
    lead = session.get(Lead, draft.lead_id) if draft.lead_id else None
    if lead is None:
        return None
    asked = Asked.of(draft.asked)
    pack = run.packs[asked.lang]
    by = session.get(User, draft.user_id) if draft.user_id else None
    dealt = deal(session, lead, asked, pack, by, {}, "…")
    return message.task(phrases_of(pack)), dealt.card


def _keep(session: Session, draft_id: str, made: Made[Answer]) -> None:
    draft = session.get(Draft, draft_id)
    if draft is None:
        return
    draft.answer = made.answer.model_dump(mode="json")
    draft.made_by, draft.why, draft.made_at = made.by[:80], made.why, now_ms()
    draft.tokens_in, draft.tokens_out = made.reply.tokens_in, made.reply.tokens_out
    draft.millis, draft.cpu_millis, draft.links = made.reply.millis, made.cpu, made.links


@dataclass(frozen=True)
class Month:
    """What models cost in a month, like '2026-11': asked, kept, tokens, milliseconds.

    `cpu_millis` is the processor time of the `metered` answers of which it could be measured.
    """

    month: str
    asked: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    millis: int = 0
    cpu_millis: int = 0
    metered: int = 0


def costs(session: Session) -> list[Month]:
    """The sums of each month, the newest first."""
    found: dict[str, Month] = {}
    asked = select(Draft).options(load_only(*COUNTS)).where(MADE, Draft.task != near.TASK)
    for one in session.scalars(asked):
        month = day_of(one.created_at).isoformat()[:7]
        found[month] = _with(found.get(month) or Month(month), one)
    return sorted(found.values(), key=lambda one: one.month, reverse=True)


def _with(month: Month, draft: Draft) -> Month:
    return Month(
        month.month,
        month.asked + 1,
        month.kept + (not draft.why),
        month.tokens_in + draft.tokens_in,
        month.tokens_out + draft.tokens_out,
        month.millis + draft.millis,
        month.cpu_millis + (draft.cpu_millis or 0),
        month.metered + (draft.cpu_millis is not None),
    )


@dataclass(frozen=True)
class Speed:
    """How a model answered a task: answers, the middle of their seconds, tokens a second."""

    answers: int
    seconds: float
    pace: float
    tokens: int


def speed_of(session: Session, task: str) -> Speed | None:
    """As measured in the last answers that a model gave to a task; None where it gave none."""
    rows = select(Draft.millis, Draft.tokens_out).where(Draft.task == task, Draft.millis > 0, MADE)
    found = session.execute(rows.order_by(Draft.made_at.desc()).limit(50)).all()
    if not found:
        return None
    millis, tokens = sum(row[0] for row in found), sum(row[1] for row in found)
    middle = sorted(row[0] for row in found)[len(found) // 2] / 1000
    return Speed(len(found), middle, 1000 * tokens / millis, tokens // len(found))


def sweep(run: Run) -> dict[str, object]:
    """Forgets texts of a week ago, with CVs and transcripts, and counts of a year ago."""
    now = now_ms()
    with run.session() as session:
        told = or_(Draft.answer.is_not(null()), cast(Draft.asked, Text) != "{}")
        old = update(Draft).where(Draft.created_at < now - TEXTS_FOR, told)
        old = old.values(answer=null(), asked={}, lead_id=None)
        gone = len(session.scalars(old.returning(Draft.id)).all())
        session.execute(delete(Draft).where(Draft.created_at < now - COUNTS_FOR))
        gone += cv_reading.forget_old(session) + grid_interview.forget_old(session)
        sound.end_lost(session)
        run.step(session.connection(), 1)
    if gone:
        scrub(run.store)
    return {}
