"""A mapping that a recruiter makes: a file's columns, kept under a name, and shared at will."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.exports.csv_file import SEPARATORS
from game.exports.person import FIELDS, Person
from game.exports.target import Form, Options, Target, To
from game.privacy.audit import audit
from game.rules.person import squeeze
from game.store.tables import ExportMapping
from game.store.tables.export_mapping import Column

PREFIX = "m-"  # of the key of a target that somebody made
NAME, HEADING, FIXED = 60, 80, 120  # characters
MOST_COLUMNS, MOST = 40, 50  # columns of a mapping, mappings of a recruiter
NAMES = ("name", "last_name")
Columns = Sequence[Column]


def save(
    session: Session,
    user_id: str,
    name: str,
    columns: Columns,
    separator: str,
    *,
    shared: bool,
    id: str = "",
) -> str:
    """Keeps a mapping, in the place of one's own of this id; returns its id.

    Another's is left as it is, and a copy made of it. Raises Refusal naming what is at fault:
    `name`, `columns`, or `heading-N` of the N-th column.
    """
    name, kept = squeeze(name), [_clean(one) for one in columns]
    kept = [one for one in kept if one["heading"] or one["holds"] or one["fixed"]]
    faults = _faults(name, kept, separator)
    if faults:
        raise Refusal("bad_input", faults)
    found = session.get(ExportMapping, id) if id else None
    if found is None or found.user_id != user_id:
        found = _new(session, user_id)
    found.name, found.columns, found.separator = name, kept, separator
    found.shared, found.at = shared, now_ms()
    session.flush()
    audit(session, user_id, "mapping_saved", {"mapping": found.id, "shared": shared})
    return found.id


def _new(session: Session, user_id: str) -> ExportMapping:
    own = session.scalars(select(ExportMapping.id).where(ExportMapping.user_id == user_id)).all()
    if len(own) >= MOST:
        raise Refusal("bad_input", {"name": "invalid"})
    made = ExportMapping(user_id=user_id, name="", at=now_ms())
    session.add(made)
    return made


def _clean(one: Column) -> Column:
    return {
        "heading": squeeze(one["heading"]),
        "holds": squeeze(one["holds"]),
        "fixed": squeeze(one["fixed"]),
        "needed": one["needed"],
    }


def _faults(name: str, kept: Columns, separator: str) -> dict[str, str]:
    faults = {}
    if not name or len(name) > NAME:
        faults["name"] = "too_long" if name else "missing"
    if separator not in SEPARATORS or len(kept) > MOST_COLUMNS:
        faults["columns"] = "invalid"
    elif not any(one["holds"] in NAMES for one in kept):
        faults["columns"] = "no_name_column"
    for n, one in enumerate(kept):
        if not one["heading"]:
            faults[f"heading-{n}"] = "missing"
        elif len(one["heading"]) > HEADING or len(one["fixed"]) > FIXED:
            faults[f"heading-{n}"] = "too_long"
        elif one["holds"] and one["holds"] not in FIELDS:
            faults[f"heading-{n}"] = "invalid"
    return faults


def remove(session: Session, user_id: str, id: str) -> None:
    """Removes a mapping of one's own. Raises Refusal."""
    found = session.get(ExportMapping, id)
    if found is None or found.user_id != user_id:
        raise Refusal("unknown_mapping")
    session.delete(found)
    audit(session, user_id, "mapping_removed", {"mapping": id})


def mappings(session: Session, user_id: str) -> Sequence[ExportMapping]:
    """One's own mappings, and those that others share, by name."""
    rows = select(ExportMapping).where(
        or_(ExportMapping.user_id == user_id, ExportMapping.shared.is_(True))
    )
    return session.scalars(rows.order_by(ExportMapping.name, ExportMapping.id)).all()


def mapping(session: Session, user_id: str, id: str) -> ExportMapping | None:
    """A mapping that one may use."""
    found = session.get(ExportMapping, id)
    return found if found and (found.shared or found.user_id == user_id) else None


def as_target(made: ExportMapping) -> Target:
    """The target that a mapping is: a file, for whoever it is meant for."""
    return told_as_target(made.id, made.name, made.columns, made.separator)


def told_as_target(id: str, name: str, columns: Columns, separator: str) -> Target:
    """The same, of what was told to another process."""
    needed = [one["holds"] for one in columns if one["needed"] and one["holds"]]
    return Target(
        key=f"{PREFIX}{id}",
        title=name,
        required=tuple(dict.fromkeys(("name", *needed))),
        columns=tuple(_column(one) for one in columns),
        form=Form(("csv", "xlsx"), SEPARATORS[separator], mark=True, name="sourcerie"),
    )


def _column(one: Column) -> To:
    fixed = one["fixed"]

    def said(_person: Person, _options: Options) -> str:
        return fixed

    return To(one["heading"], one["holds"] or said)
