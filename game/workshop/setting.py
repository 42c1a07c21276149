"""From the rows of a round to the Setting in which its rules are played."""

from collections.abc import Mapping
from typing import Any

from game.rules.pack import Brief, Pack, Points
from game.rules.round import Kind, Setting, kinds


def make(
    kind: str,
    options: Mapping[str, Any],
    pack: Pack,
    points: Mapping[str, int] | None = None,
    brief: Brief | None = None,
    country: str = "FR",
) -> tuple[Kind, Setting]:
    """The kind and setting of a round; `points` holds what the workshop values differently."""
    found = kinds()[kind]
    worth = Points.model_validate({**pack.points.model_dump(), **(points or {})})
    return found, Setting(found.options.model_validate(dict(options)), pack, worth, brief, country)


def brief_of(row: Any) -> Brief | None:
    """A stored brief as the rules know it; None for none."""
    if row is None or row.key is None:
        return None
    lines = [*row.must_haves, "–", "–", "–"][:3]
    return Brief.model_construct(
        key=row.key,
        title=row.title,
        trade=row.trade,
        must_haves=tuple(lines),
        where=row.where,
        why=row.why,
        requisition_ref=row.requisition_ref,
    )
