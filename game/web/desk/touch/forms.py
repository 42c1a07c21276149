"""What is typed about touchpoints, read with its faults."""

from collections.abc import Mapping
from datetime import date

from game.base.days import day_from
from game.base.refusal import Refusal
from game.pool.touchpoint import Plan
from game.rules.touch import OUT, call_back_on


def day(typed: Mapping[str, str], name: str) -> date | None:
    """The day in a field, None where it is empty. Raises Refusal naming the field."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    found = day_from(text)
    if found is None:
        raise Refusal("bad_input", {name: "invalid"})
    return found


def number(typed: Mapping[str, str], name: str, usual: int | None = None) -> int:
    """The whole number in a field, the usual one where it is empty. Raises Refusal."""
    text = typed.get(name, "").strip()
    if not text and usual is not None:
        return usual
    if not text:
        raise Refusal("bad_input", {name: "missing"})
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Refusal("bad_input", {name: "invalid"})
    return int(text)


def wanted(typed: Mapping[str, str], by: str, brief_id: str | None = None) -> Plan:
    """The touchpoint that the form describes. Raises Refusal."""
    return Plan(
        kind=typed.get("kind", ""),
        medium=typed.get("medium", ""),
        due_on=day(typed, "due_on"),
        note=typed.get("note", "").strip(),
        direction=typed.get("direction", OUT),
        user_id=by,
        brief_id=brief_id,
    )


def call_back(typed: Mapping[str, str], by: str) -> Plan:
    """The call at the end of a trial period, from what is typed of it. Raises Refusal."""
    began = day(typed, "began")
    if began is None:
        raise Refusal("bad_input", {"began": "missing"})
    length, ahead = number(typed, "length"), number(typed, "ahead", 0)
    try:
        due = call_back_on(began, length, typed.get("unit", ""), ahead)
    except (ValueError, OverflowError):
        raise Refusal("bad_input", {"length": "invalid"}) from None
    return Plan("callback", "phone", due, typed.get("trial_note", "").strip(), user_id=by)
