"""What the rules of the pool want is planned, once a day."""

from sqlalchemy import select

from game.base.days import day_of
from game.base.secret import secret_key
from game.jobs.run import Run
from game.pool import touch_rule
from game.store.database_clock import clock
from game.store.tables import TouchRule

KIND = "planning"
AT_ONCE = 200


def plan(run: Run) -> dict[str, object]:
    """Runs every rule that is active; returns how many touchpoints were planned."""
    with run.store.session() as session:
        active = select(TouchRule.id).where(TouchRule.active.is_(True)).order_by(TouchRule.id)
        ids = list(session.scalars(active))
    return {"planned": sum(_one(run, rule_id) for rule_id in ids)}


def _one(run: Run, rule_id: str) -> int:
    count, after = 0, ""
    while True:
        with run.session() as session:
            rule = session.get(TouchRule, rule_id)
            ids = touch_rule.concerned(session, rule, after, AT_ONCE) if rule else []
            if rule and ids:
                today, secret = day_of(clock(session.connection())), secret_key(run.settings)
                count += touch_rule.run(session, secret, rule, ids, today)
            run.step(session.connection(), count)
        if len(ids) < AT_ONCE:
            return count
        after = ids[-1]
