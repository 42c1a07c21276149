"""What was kept of public files: companies by their activity, occupations by what they are called.

Nobody is in it: no natural person, and nothing of the pool's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.text import printable
from game.privacy.audit import audit
from game.rules.person import fold
from game.rules.same_company import company_words
from game.store.tables import ListedCompany, Occupation, OccupationTitle, ReferenceFile

AT_ONCE = 400  # rows of a statement: SQLite takes so many values
SHOWN = 60  # employers of some sub-classes
FEWEST = 4  # letters of a word that tells an occupation
ENDING = 3  # letters by which a word's genders differ: développeur, développeuse
SIGNS = 90  # titles that are looked at for one wording


def told_by(name: str) -> str:
    """What a company is told by, however its form is written."""
    return " ".join(company_words(name))[:120]


@dataclass(frozen=True)
class Sector:
    """A sub-class of which companies are kept, and how many."""

    naf: str
    nomenclature: str
    count: int


@dataclass(frozen=True)
class Called:
    """An occupation and its titles, in the file's order; `label` may be empty."""

    code: str
    label: str
    titles: tuple[str, ...]


def begin(session: Session, name: str, day: date, wanted: Mapping[str, Any], by: str | None) -> str:
    """Notes a file that is to be read; returns its id."""
    made = ReferenceFile(
        name=printable(name)[:120], day=day, wanted=dict(wanted), user_id=by, at=now_ms()
    )
    session.add(made)
    session.flush()
    audit(session, by, "reference_brought", {"file": made.id})
    return made.id


def files(session: Session, most: int = 30) -> Sequence[ReferenceFile]:
    """The files that were brought, the newest first."""
    return session.scalars(
        select(ReferenceFile).order_by(ReferenceFile.at.desc()).limit(most)
    ).all()


def drop(session: Session, file_id: str, by: str | None) -> None:
    """Takes out a file, and all that was kept of it."""
    for table in (ListedCompany, Occupation, OccupationTitle):
        session.execute(delete(table).where(table.file_id == file_id))
    session.execute(delete(ReferenceFile).where(ReferenceFile.id == file_id))
    audit(session, by, "reference_dropped", {"file": file_id})


def keep(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows of one of the three tables, in the place of those with the same key."""
    (key,) = table.__table__.primary_key
    each = {row[key.name]: row for row in rows}
    for start in range(0, len(each), AT_ONCE):
        ids = list(each)[start : start + AT_ONCE]
        connection.execute(delete(table).where(key.in_(ids)))
        connection.execute(insert(table), [each[id] for id in ids])


def drop_older(connection: Connection, table: Any, file_id: str, begins: Sequence[str]) -> None:
    """What older files said and this one does not goes; of companies, of these activities."""
    gone = delete(table).where(table.file_id != file_id)
    if begins:
        gone = gone.where(or_(*(ListedCompany.naf.startswith(one) for one in begins)))
    connection.execute(gone)


def sirens(connection: Connection) -> set[str]:
    """The numbers of the companies that are kept."""
    return set(connection.scalars(select(ListedCompany.siren)))


def place(connection: Connection, found: Mapping[str, set[str]]) -> None:
    """Notes in which departments companies have open sites."""
    for siren, places in found.items():
        told = f",{','.join(sorted(places))},"[:600]
        here = update(ListedCompany).where(ListedCompany.siren == siren)
        connection.execute(here.values(places=told))


def drop_outside(connection: Connection, departments: Sequence[str]) -> int:
    """Companies without an open site in any of these departments go; returns how many."""
    here = or_(*(ListedCompany.places.contains(f",{one},") for one in departments))
    gone = connection.execute(delete(ListedCompany).where(~here))
    return int(gone.rowcount)


def sectors(session: Session) -> list[Sector]:
    """The sub-classes of which companies are kept."""
    count = func.count(ListedCompany.siren)
    by = (ListedCompany.naf, ListedCompany.nomenclature)
    rows = session.execute(select(*by, count).group_by(*by).order_by(*by))
    return [Sector(*row) for row in rows]


def sectors_of(session: Session, names: Sequence[str]) -> Counter[tuple[str, str]]:
    """How many of these employers are listed in which (sub-class, nomenclature)."""
    told = sorted({told_by(name) for name in names} - {""})[:AT_ONCE]
    rows = select(ListedCompany.naf, ListedCompany.nomenclature, ListedCompany.told)
    found = session.execute(rows.where(ListedCompany.told.in_(told)).distinct())
    return Counter((row[0], row[1]) for row in found)


def listed(
    session: Session, names: Sequence[str], activities: Sequence[str] = ()
) -> Sequence[ListedCompany]:
    """The companies that are told as these employers are; of these sub-classes, if told."""
    told = sorted({told_by(name) for name in names} - {""})[:AT_ONCE]
    rows = select(ListedCompany).where(ListedCompany.told.in_(told))
    if activities:
        rows = rows.where(ListedCompany.naf.in_(activities))
    return session.scalars(rows.order_by(ListedCompany.name, ListedCompany.siren)).all()


def employers(
    session: Session, activities: Sequence[str], department: str = ""
) -> Sequence[ListedCompany]:
    """Companies of these sub-classes, those that employ most first; of a department, if told."""
    rows = select(ListedCompany).where(ListedCompany.naf.in_(activities))
    if department:
        rows = rows.where(ListedCompany.places.contains(f",{department},"))
    rows = rows.order_by(ListedCompany.band.desc(), ListedCompany.name, ListedCompany.siren)
    return session.scalars(rows.limit(SHOWN)).all()


def occupations(session: Session, wording: str, most: int = 3) -> list[Called]:
    """The occupations whose titles have the words of a wording, those with most of such first."""
    words = [word for word in fold(wording).split() if len(word) >= FEWEST]
    if not words:
        return []
    begun = [f" {word[: max(FEWEST, len(word) - ENDING)]}" for word in words]
    have = [OccupationTitle.folded.contains(one, autoescape=True) for one in begun]
    found = _codes(session, have) or (_codes(session, have[:1]) if len(have) > 1 else [])
    return [_called(session, code) for code in found[:most]]


def _codes(session: Session, have: Sequence[Any]) -> list[str]:
    rows = select(OccupationTitle.code).where(*have).order_by(OccupationTitle.ogr).limit(SIGNS)
    return [code for code, _ in Counter(session.scalars(rows)).most_common()]


def _called(session: Session, code: str) -> Called:
    known = session.get(Occupation, code)
    rows = select(OccupationTitle.title).where(OccupationTitle.code == code)
    titles = session.scalars(rows.order_by(OccupationTitle.ogr)).all()
    return Called(code, known.label if known else "", tuple(titles))
