"""Letters of two leads that are made one: nobody gets the same mailing twice."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.store.tables import Letter

LEFT = ("sending", "sent", "unsure")


def settle(session: Session, was: str, now: str) -> None:
    """Keeps one letter of each mailing that both leads are in; the rest is moved with the lead.

    What has left to the one is not sent to the other. A touchpoint tells of a letter that goes.
    """
    own = select(Letter.mailing_id).where(Letter.lead_id == now)
    twice = select(Letter.mailing_id, Letter.state).where(
        Letter.lead_id == was, Letter.mailing_id.in_(own)
    )
    found = {row[0]: row[1] for row in session.execute(twice)}
    gone = [mailing for mailing, state in found.items() if state in LEFT]
    waits = (Letter.lead_id == now, Letter.state == "waiting", Letter.mailing_id.in_(gone))
    session.execute(update(Letter).where(*waits).values(state="cancelled"))
    session.execute(delete(Letter).where(Letter.lead_id == was, Letter.mailing_id.in_(found)))
