"""What is set for a target: its options, and the key that opens it, which nobody sees again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.seal import InvalidToken, seal
from game.exports.target import Option, Target, missing, settled
from game.exports.targets import targets
from game.privacy.audit import audit
from game.store.tables import TargetSetting

MOST, MOST_LINES = 200, 5_000  # characters of an option
LONGEST_KEY = 500
PURPOSE = "keys of other systems"


@dataclass(frozen=True)
class Setting:
    """The options of a target, and whether it has a key."""

    options: dict[str, str]
    is_connected: bool

    def lacking(self, target: Target) -> list[Option]:
        """The options without which nothing leaves."""
        return missing(target, self.options)


def setting(session: Session, target: Target) -> Setting:
    """What is set for a target; what is usual where nobody has set anything."""
    return _told(target, session.get(TargetSetting, target.key))


def settings(session: Session) -> dict[str, Setting]:
    """The same of every target, by key."""
    rows = {row.target: row for row in session.scalars(select(TargetSetting))}
    return {key: _told(target, rows.get(key)) for key, target in targets().items()}


def _told(target: Target, row: TargetSetting | None) -> Setting:
    kept = {str(name): str(value) for name, value in (row.options if row else {}).items()}
    return Setting(settled(target, kept), bool(row and row.sealed))


def save(session: Session, target: Target, typed: Mapping[str, str], by: str | None) -> None:
    """Keeps the options as typed. Raises Refusal naming each that cannot be one."""
    values = {one.name: _clean(one, typed.get(one.name, "")) for one in target.options}
    faults = {one.name: fault for one in target.options if (fault := _fault(one, values[one.name]))}
    if faults:
        raise Refusal("bad_input", faults)
    row = _row(session, target, by)
    row.options = values
    audit(session, by, "target_set", {"target": target.key})


def _clean(one: Option, typed: str) -> str:
    return typed.replace("\r\n", "\n").strip() if one.lines else " ".join(typed.split())


def _fault(one: Option, value: str) -> str:
    if len(value) > (MOST_LINES if one.lines else MOST):
        return "too_long"
    if value and one.choices is not None and value not in one.choices:
        return "invalid"
    if value and one.pattern and not re.fullmatch(one.pattern, value, re.ASCII):
        return "invalid"
    return ""


def connect(session: Session, secret: str, target: Target, key: str, by: str | None) -> None:
    """Keeps the key of a target, sealed; an empty one forgets it. Raises Refusal."""
    key = key.strip()
    if target.push is None or len(key) > LONGEST_KEY or not key.isprintable():
        raise Refusal("bad_input", {"key": "invalid"})
    row = _row(session, target, by)
    row.sealed = seal(secret, PURPOSE).encrypt(key.encode()).decode() if key else ""
    audit(session, by, "target_connected" if key else "target_cut", {"target": target.key})


def key_of(session: Session, secret: str, target: Target) -> str:
    """The key that opens a target; empty for none, and for one sealed under another secret."""
    row = session.get(TargetSetting, target.key)
    try:
        return seal(secret, PURPOSE).decrypt(row.sealed.encode()).decode() if row else ""
    except InvalidToken:
        return ""


def _row(session: Session, target: Target, by: str | None) -> TargetSetting:
    row = session.get(TargetSetting, target.key)
    if row is None:
        row = TargetSetting(target=target.key, options={}, sealed="")
        session.add(row)
    row.user_id, row.at = by, now_ms()
    return row
