"""A contact's private link: signed, so that nothing of it is kept; and revocable, by its nonce.

The link holds identifiers and no personal data. Whoever is merged into another keeps theirs.
"""

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import Lead, Merge


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="a contact's own page")


def token(session: Session, secret: str, lead_id: str, by: str | None) -> str:
    """What opens a lead's own page: the same until it is revoked; made where there was none."""
    lead = session.get_one(Lead, lead_id)
    if lead.link_nonce is None:
        lead.link_nonce = new_id()
        audit(session, by, "contact_link_made", {"lead": lead_id})
    return given(secret, lead)


def path(token: str) -> str:
    """Where on our site a token opens the page, for letters that leave outside of any request."""
    return f"/contact/{token}"


def given(secret: str, lead: Lead) -> str:
    """The token that a lead's link has now; empty where none is in use."""
    return str(_signer(secret).dumps([lead.id, lead.link_nonce])) if lead.link_nonce else ""


def revoke(session: Session, lead_id: str, by: str | None) -> None:
    """Ends the link that was given; the next one is another."""
    session.get_one(Lead, lead_id).link_nonce = None
    audit(session, by, "contact_link_revoked", {"lead": lead_id})


def lead_of(session: Session, secret: str, given: str) -> Lead:
    """Whose page a token opens. Raises Refusal('unknown_page') for one that is not good."""
    try:
        lead_id, nonce = _signer(secret).loads(given)
    except (BadSignature, ValueError, TypeError):
        raise Refusal("unknown_page") from None
    lead = session.get(Lead, lead_id)
    if lead is None:
        return _merged(session, str(lead_id), str(nonce))
    if lead.link_nonce != nonce:
        raise Refusal("unknown_page")
    return lead


def _merged(session: Session, lead_id: str, nonce: str) -> Lead:
    """The lead that one of this id became part of, if the link was good then."""
    about = select(Merge).where(cast(Merge.other, String).contains(lead_id, autoescape=True))
    for merge in session.scalars(about):
        if (merge.other["id"], merge.other.get("link_nonce")) == (lead_id, nonce):
            return session.get_one(Lead, merge.kept_id)
    raise Refusal("unknown_page")
