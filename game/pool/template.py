"""Templates of messages: written, changed, removed by recruiters."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules import letter
from game.rules.person import squeeze
from game.rules.touch import KINDS
from game.store.tables import MessageTemplate

NAME = 80  # characters


def save(session: Session, id: str, typed: Mapping[str, str], by: str) -> str:
    """Writes a template, a new one where no id is given; returns its id. Raises Refusal."""
    values = checked(typed)
    if id:
        found = session.get(MessageTemplate, id)
        if found is None:
            raise Refusal("unknown_template")
        for name, value in values.items():
            setattr(found, name, value)
        found.changed_at = now_ms()
    else:
        found = MessageTemplate(user_id=by, changed_at=now_ms(), **values)
        session.add(found)
    session.flush()
    audit(session, by, "template_saved", {"template": found.id})
    return found.id


def checked(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, in its normal form. Raises Refusal naming each field at fault."""
    values = {name: typed.get(name, "").strip() for name in ("lang", "kind", "subject", "body")}
    values["name"] = squeeze(typed.get("name", ""))
    values["body"] = values["body"].replace("\r\n", "\n")
    found = letter.faults(values["subject"], values["body"], values["lang"], values["kind"])
    if not values["name"]:
        found["name"] = "missing"
    if len(values["name"]) > NAME:
        found["name"] = "too_long"
    for name, among in (("lang", LANGS), ("kind", KINDS)):
        if values[name] not in among:
            found[name] = "invalid"
    if found:
        raise Refusal("bad_input", found)
    return values


def remove(session: Session, id: str, by: str) -> None:
    """Removes a template; what was written with it stays."""
    found = session.get(MessageTemplate, id)
    if found is None:
        raise Refusal("unknown_template")
    session.delete(found)
    audit(session, by, "template_removed", {"template": id})


def templates(session: Session) -> Sequence[MessageTemplate]:
    """All templates, by name."""
    return session.scalars(
        select(MessageTemplate).order_by(MessageTemplate.name, MessageTemplate.id)
    ).all()
