"""A sector for the employers' page: a sub-class of the NAF, its neighbours, and who is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from game.content.naf_labels import label
from game.helpers.employers import key_of
from game.pool import reference
from game.rules import naf
from game.rules.person import fold
from game.store.tables import ListedCompany

MOST = 24  # sub-classes that are offered


@dataclass(frozen=True)
class Near:
    """A sub-class that is offered, what it is called, and how many companies of it are kept.

    One of a nomenclature whose labels are not here is called by that nomenclature.
    """

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Sector:
    """What was asked for, and what there is; empty where nobody brought a file of companies."""

    asked: str
    department: str
    chosen: tuple[str, ...]
    known: Sequence[Near]
    offered: Sequence[Near]
    companies: Sequence[ListedCompany]
    any_kept: bool

    def day_of(self, spellings: Sequence[str]) -> date | None:
        """The day of the file that lists an employer, however it is spelled."""
        days = {key_of(one.name): one.day for one in self.companies}
        return next((days[key] for one in spellings if (key := key_of(one)) in days), None)


def asked() -> dict[str, str | list[str]]:
    """What of a sector stands in the request, to be asked for again."""
    given: MultiDict[str, str] = request.values
    told: dict[str, str | list[str]] = {
        name: " ".join(given.get(name, "").split())[:80] for name in ("naf", "department")
    }
    told["near"] = [one for one in given.getlist("near")[:MOST] if naf.code_of(one)]
    return {name: value for name, value in told.items() if value}


def sector(s: Session, names: Sequence[str]) -> Sector:
    """The sector that the request asks for; `names` are employers that are known already."""
    told, every = asked(), reference.sectors(s)
    wanted, department = str(told.get("naf", "")), str(told.get("department", "")).upper()
    near = [_near(one) for one in every]
    mine = reference.sectors_of(s, names)
    known = [_near(one) for one in every if (one.naf, one.nomenclature) in mine]
    found = _found(wanted, near)
    chosen = tuple(dict.fromkeys([*found, *told.get("near", ())]))
    offered = [one for one in _around(found, near) if one.code not in found]
    companies = _companies(s, chosen, department, names)
    return Sector(wanted, department, chosen, known, offered[:MOST], companies, bool(every))


def _near(one: reference.Sector) -> Near:
    return Near(one.naf, label(one.naf, one.nomenclature) or one.nomenclature, one.count)


def _found(wanted: str, near: Sequence[Near]) -> list[str]:
    """The sub-classes that a code begins or whose names have the words that were typed."""
    code = naf.code_of(wanted)
    if code:
        return [one.code for one in near if one.code.startswith(code)] or [code]
    words = fold(wanted).split()
    return [one.code for one in near if words and all(word in fold(one.label) for word in words)]


def _around(found: Sequence[str], near: Sequence[Near]) -> list[Near]:
    """The neighbours of these sub-classes, the nearest first."""
    by_code = {one.code: one for one in near}
    codes = dict.fromkeys(code for one in found for code in naf.neighbours(one, by_code))
    return [by_code[code] for code in codes]


def _companies(
    s: Session, chosen: Sequence[str], department: str, names: Sequence[str]
) -> list[ListedCompany]:
    """Companies of these sub-classes; of those that rooms and pool know, all."""
    if not chosen:
        return []
    known = reference.listed(s, names, chosen)
    each = {one.siren: one for one in (*known, *reference.employers(s, chosen, department))}
    return list(each.values())
