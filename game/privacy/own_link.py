"""A contact's private link: signed, so that nothing of it is kept; and revocable, by its nonce.

The link holds identifiers and no personal data. Whoever is merged into another keeps theirs.
A message that is being written shows the link that will be theirs (`coming`): it opens nothing
until the message is sent or was copied, and `token` made it. A lead's `link_nonce` is that of the
link in use; after a revocation it is a mark of it, of which the next link is made, so that no
earlier one comes back.
"""

import hmac

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import Lead, Merge

REVOKED = "-"  # begins what stands in a nonce's place once its link was revoked


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="a contact's own page")


def token(session: Session, secret: str, lead_id: str, by: str | None) -> str:
    """What opens a lead's own page: the same until it is revoked; made where there was none."""
    lead = session.get_one(Lead, lead_id)
    if not is_given(lead):
        lead.link_nonce = _next(secret, lead)
        audit(session, by, "contact_link_made", {"lead": lead_id})
    return given(secret, lead)


def path(token: str) -> str:
    """Where on our site a token opens the page, for letters that leave outside of any request."""
    return f"/contact/{token}"


def given(secret: str, lead: Lead) -> str:
    """The token that a lead's link has now; empty where none is in use."""
    return _written(secret, lead.id, lead.link_nonce) if is_given(lead) else ""


def is_given(lead: Lead) -> bool:
    """Is a link to the lead's own page in use?"""
    return bool(lead.link_nonce) and not str(lead.link_nonce).startswith(REVOKED)


def coming(secret: str, lead: Lead) -> str:
    """The token in use, or the one that the next link will have, which opens nothing yet."""
    return given(secret, lead) or _written(secret, lead.id, _next(secret, lead))


def _next(secret: str, lead: Lead) -> str:
    """The nonce of the next link: another one after each revocation."""
    said = f"{lead.id} {lead.link_nonce or ''}".encode()
    return hmac.digest(secret.encode(), said, "sha256").hex()[:16]


def _written(secret: str, lead_id: str, nonce: str | None) -> str:
    return str(_signer(secret).dumps([lead_id, nonce]))


def revoke(session: Session, lead_id: str, by: str | None) -> None:
    """Ends the link that was given, and those of whoever was merged into the lead; the next one is
    another."""
    ended = f"{REVOKED}{new_id()[1:]}"
    session.get_one(Lead, lead_id).link_nonce = ended
    for merge in session.scalars(select(Merge).where(Merge.kept_id == lead_id)):
        merge.other = {**merge.other, "link_nonce": ended}
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
    if not is_given(lead) or lead.link_nonce != nonce:
        raise Refusal("unknown_page")
    return lead


def _merged(session: Session, lead_id: str, nonce: str) -> Lead:
    """The lead that one of this id became part of, if the link was good then."""
    about = select(Merge).where(cast(Merge.other, String).contains(lead_id, autoescape=True))
    for merge in session.scalars(about):
        if (merge.other["id"], merge.other.get("link_nonce")) == (lead_id, nonce):
            return session.get_one(Lead, merge.kept_id)
    raise Refusal("unknown_page")
