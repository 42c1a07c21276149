"""Blind trials: a recruiter's cases, each answered by rules and asked of a model in a job."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import getrandbits

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.json_object import Json
from game.helpers.trial import picked
from game.jobs import drafts
from game.privacy.audit import audit
from game.store.tables import Trial


@dataclass(frozen=True)
class Case:
    """What was typed, what a model is asked of it, and what the rules answer."""

    said: str
    asked: Json
    rules: list[str]


def trial_of(session: Session, task: str, by: str) -> Trial | None:
    """Somebody's trial of a task, if they began one."""
    return session.scalar(select(Trial).where(Trial.user_id == by, Trial.task == task))


def begin(session: Session, task: str, topic: str, cases: Sequence[Case], by: str) -> None:
    """Asks the model, in the place of an earlier trial; which answer is shown first is drawn."""
    session.execute(delete(Trial).where(Trial.user_id == by, Trial.task == task))
    told = [_told(one, drafts.ask(session, task, one.asked, by, None)) for one in cases]
    session.add(Trial(task=task, topic=topic, user_id=by, cases=told, created_at=now_ms()))
    audit(session, by, "trial_begun", {"task": task})


def _told(one: Case, draft: str) -> Json:
    first = bool(getrandbits(1))
    return {"said": one.said, "rules": one.rules, "draft": draft, "model_first": first, "pick": ""}


def pick(session: Session, task: str, by: str, letter: Callable[[int], str]) -> None:
    """Notes which answer was preferred; `letter` says what was picked of the n-th case."""
    row = trial_of(session, task, by)
    if row is not None:
        row.cases = [
            {**one, "pick": picked(letter(n), model_first=bool(one["model_first"]))}
            for n, one in enumerate(row.cases)
        ]
