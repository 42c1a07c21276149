"""Reviewing: a recruiter's verdict on a lead, and the points that follow it at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.privacy.audit import audit
from game.rules.pack import Points
from game.store.base import new_id
from game.store.tables import Lead, Player, Recommendation, RoundRow, Verdict, Workshop
from game.store.version import touch
from game.webhooks.announce import announce

VERDICTS = ("pursue", "nurture", "pass")
REASONS = ("far", "declined", "later", "unreachable", "filled")  # to choose from; or a sentence
Usual = Mapping[str, Points]  # what things are worth, by language
DAY = 86_400_000  # milliseconds


class Worth(dict[str, Points]):
    """What things are worth, by language, and for how many days a first recommender keeps credit.

    With none, the first of each workshop has it.
    """

    credit_days: int = 0


def worth(usual: Usual, credit_days: int) -> Worth:
    """What things are worth, with a period of credit."""
    made = Worth(usual)
    made.credit_days = credit_days
    return made


def review(
    session: Session,
    lead_id: str,
    user_id: str | None,
    verdict: str,
    reason: str,
    usual: Usual,
    *,
    fake: bool = False,
    act: str = "",
) -> set[str]:
    """Judges a lead; returns the workshops whose boards follow.

    Any verdict confirms the lead's points, and `pursue` brings its bonus; only a lead that a
    person judges `fake` (with `pass`) loses all of them. A later verdict replaces an earlier one.
    Verdicts of one `act` are undone together; without one it stands alone.
    Raises Refusal('bad_input').
    """
    if verdict not in VERDICTS or (fake and verdict != "pass"):
        raise Refusal("bad_input", {"verdict": "invalid"})
    before = newest(session, lead_id)
    at = now_ms() if before is None else max(now_ms(), before.at + 1)
    made = Verdict(lead_id=lead_id, user_id=user_id, verdict=verdict, reason=reason, at=at)
    made.fake, made.act = fake, act or new_id()
    session.add(made)
    detail = {"lead": lead_id, "verdict": verdict, "fake": fake, "given": at}
    audit(session, user_id, "lead_judged", detail)
    workshops = follow(session, lead_id, usual)
    tell(session, [lead_id])
    return workshops


def tell(session: Session, lead_ids: Iterable[str]) -> None:
    """Webhooks are told which verdict counts for these leads now, if any: never why."""
    session.flush()
    rows = select(Lead.id, Lead.verdict).where(Lead.id.in_(lead_ids), Lead.rehearsed.is_(False))
    judged = session.execute(rows.order_by(Lead.id)).all()
    announce(session, "lead_reviewed", [{"lead": id, "verdict": v or None} for id, v in judged])


def review_many(
    session: Session,
    lead_ids: Iterable[str],
    user_id: str | None,
    verdict: str,
    reason: str,
    usual: Usual,
) -> set[str]:
    """Judges many leads alike, in one act; returns the workshops whose boards follow."""
    act, workshops = new_id(), set()
    for lead_id in sorted(set(lead_ids)):
        workshops |= review(session, lead_id, user_id, verdict, reason, usual, act=act)
    return workshops


def newest(session: Session, lead_id: str) -> Verdict | None:
    """The verdict that counts, if the lead was judged."""
    session.flush()
    return newest_of(session, [lead_id]).get(lead_id)


def newest_of(session: Session, lead_ids: Sequence[str]) -> dict[str, Verdict]:
    """The newest verdict of each of these leads that was judged."""
    judged = session.scalars(
        select(Verdict).where(Verdict.lead_id.in_(lead_ids)).order_by(Verdict.at, Verdict.id)
    )
    return {verdict.lead_id: verdict for verdict in judged}


def follow(
    session: Session, lead_id: str, usual: Usual, but: Collection[ledger.Slot] = ()
) -> set[str]:
    """Brings a lead and the points of who recommended it in line with its newest verdict.

    The bonus goes to whoever has the credit. What stands in the slots `but` these was named later
    than it was judged, and is left open. Returns the workshops concerned.
    """
    counts = newest(session, lead_id)
    session.get_one(Lead, lead_id).verdict = counts.verdict if counts else ""
    players, workshops = set(), set()
    said = _said(session, lead_id)
    days = usual.credit_days if isinstance(usual, Worth) else 0
    credited = _credited(_counting(session, said), days)
    for row in said:
        slot = (str(row.player_id), str(row.round_id), row.slot)
        if counts is None or slot in but:
            ledger.unjudge(session, slot, lead_id)
        else:
            first = counts.verdict == "pursue" and row.id in credited
            bonus = _bonus(session, row, usual) if first else 0
            ledger.judge(session, slot, lead_id, counts.at, fake=counts.fake, bonus=bonus)
        players.add(slot[0])
        workshops.add(str(row.workshop_id))
    ledger.sum_up(session, Player.id.in_(players))
    for workshop_id in workshops:
        touch(session, workshop_id)
    return workshops


def _counting(session: Session, said: Sequence[Recommendation]) -> list[Recommendation]:
    """These recommendations without those of warm-ups, which earn nothing and take no credit."""
    here = [row.round_id for row in said]
    warm = select(RoundRow.id).where(RoundRow.id.in_(here), RoundRow.warm_up.is_(True))
    warm_ups = set(session.scalars(warm))
    return [row for row in said if row.round_id not in warm_ups]


def _credited(said: Sequence[Recommendation], days: int) -> set[str]:
    """The recommendations that have the credit, of these in their order.

    The first has it for so many days, in whatever workshop; then whoever names the person next.
    Naming a colleague brings none. Without a period, the first of each workshop has it.
    """
    found: set[str] = set()
    workshops: set[str | None] = set()
    ends = 0
    for row in said:
        first = row.at >= ends if days else row.workshop_id not in workshops
        workshops.add(row.workshop_id)
        if first and not row.internal:
            found.add(row.id)
            ends = row.at + days * DAY
    return found


def _said(session: Session, lead_id: str) -> list[Recommendation]:
    rows = session.scalars(
        select(Recommendation)
        .where(
            Recommendation.lead_id == lead_id,
            Recommendation.player_id.is_not(None),
            Recommendation.round_id.is_not(None),
        )
        .order_by(Recommendation.at, Recommendation.id)
    )
    return list(rows)


def _bonus(session: Session, row: Recommendation, usual: Usual) -> int:
    """What `pursue` brings in this workshop: its own value, else that of its language's pack."""
    workshop = session.get_one(Workshop, row.workshop_id)
    return workshop.points.get("pursue", usual[workshop.lang].pursue)
