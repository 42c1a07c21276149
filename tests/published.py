"""A notice that was published, for tests in which people are told."""

from sqlalchemy.orm import Session

from game.privacy import company, notice
from tests.privacy.test_papers import FACTS
from tests.table import PACKS


def publish_notice(session: Session) -> int:
    """Gives the company's facts, and publishes the notice that they make; returns its version."""
    company.save(session, FACTS, None)
    return notice.publish(session, PACKS, None)
