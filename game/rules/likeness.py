"""Are two records one person? With the reasons, as keys; never a measure of anybody's worth."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from game.rules.commonness import NONE, Commons
from game.rules.person import Known, canonical_link, fold
from game.rules.same_company import Place, company_words, compare_companies, employer_of
from game.rules.same_name import Compared, Fit, compare, words_of
from game.rules.short_names import ShortNames
from game.rules.slips import are_within

_SHARED = (
    "contact info accueil rh hr recrutement jobs direction secretariat admin commercial hello "
    "bonjour office mail courrier drh emploi careers sales support"
)
SHARED = frozenset(_SHARED.split())  # mailboxes of many
# others of the pool that are to be expected to agree by chance as two do, at most: to propose
# the two, to propose them where each is reached by something else, and to make one of them
CHANCE, CHANCE_OF_REACHED, CHANCE_OF_SURE = 0.5, 0.001, 0.001
RULES = 2  # one more with each change of what is said to be alike: then all are compared again
LONG = 12  # signs from which a mail may hold two slips


@dataclass(frozen=True, eq=False)
class Traits:
    """What a record says of a person, ready to be compared.

    `ways` are keys of mails, phones and profiles, as `match_keys` makes them.
    """

    words: tuple[str, ...]
    company: tuple[str, ...]
    employers: frozenset[str]
    ways: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """Two records that may be one person: `sure` is merged, the rest is for somebody to decide.

    `reasons` are keys: same_mail, same_phone, same_link, near_mail, near_phone, same_name,
    name_order, particle, short_name, initials, typo, part_of_name, new_name, same_company,
    near_company.
    """

    sure: bool
    reasons: tuple[str, ...]


def traits(person: Known, more: Iterable[str] = ()) -> Traits:
    """The traits of a person in normal form; `more` has further keys that recognise them."""
    own = [f"m:{person.mail}"] if person.mail else []
    own += [f"p:{person.phone}"] if person.phone else []
    own += [f"l:{canonical_link(person.link)}"] if person.link else []
    ways = frozenset((*own, *(key for key in more if key[:2] in ("m:", "p:", "l:"))))
    mails = (way[2:] for way in ways if way.startswith("m:"))
    return Traits(
        words_of(fold(person.name)),
        company_words(person.company),
        frozenset(filter(None, map(employer_of, mails))),
        ways,
    )


def likeness(
    one: Traits, other: Traits, short: ShortNames, commons: Commons = NONE
) -> Likeness | None:
    """Whether two records are one person, and why; None where nothing says so.

    `commons` are the names of the pool that both are in: what many bear tells little.
    """
    name = compare(one.words, other.words, short)
    ways = _same_ways(one, other)
    if ways:
        return _reached_alike(name, ways, one, other)
    return _named_alike(name, one, other, commons)


def _same_ways(one: Traits, other: Traits) -> list[str]:
    """What both are reached by; a mailbox of many tells nobody."""
    shared = one.ways & other.ways
    kinds = {way[0] for way in shared if not _is_of_many(way)}
    return [reason for kind, reason in SAME_WAY if kind in kinds]


SAME_WAY = (("m", "same_mail"), ("p", "same_phone"), ("l", "same_link"))


def _is_of_many(way: str) -> bool:
    return way[0] == "m" and way[2:].partition("@")[0] in SHARED


def _reached_alike(name: Compared, ways: list[str], one: Traits, other: Traits) -> Likeness | None:
    """A mail or a profile is one person's; a phone may be a family's or an office's."""
    reasons = (*ways, *name.reasons)
    alone = ways == ["same_phone"]
    if name.fit >= Fit.CLOSE:
        return Likeness(not (alone and name.ending), reasons)
    if name.fit == Fit.PART:
        return Likeness(not alone or len(ways) > 1, reasons)
    if name.fit == Fit.HALF and not alone and _is_new_name(one, other):
        return Likeness(False, (*reasons, "new_name"))
    return Likeness(False, reasons) if len(ways) > 1 else None


def _is_new_name(one: Traits, other: Traits) -> bool:
    """The first word is the same and the last is not, as after a wedding."""
    return one.words[0] == other.words[0] and one.words[-1] != other.words[-1]


def _named_alike(name: Compared, one: Traits, other: Traits, commons: Commons) -> Likeness | None:
    """By their names, with what speaks for them: a way but for a slip, or an employer."""
    if name.fit < Fit.PART or min(len(one.words), len(other.words)) < 2:
        return None
    near, place, apart = _near_ways(one, other), _place(one, other), _apart(one, other)
    reasons = (*near, *name.reasons, *PLACES.get(place, ()))
    exact = name.fit == Fit.SAME
    if near:
        return Likeness(False, reasons) if place > Place.DIFFERENT else None
    if apart or not (place >= Place.NEAR or (exact and place == Place.UNKNOWN)):
        return None
    alone = not (one.ways and other.ways)  # nothing that could speak against it
    others = commons.namesakes(name.met, place, _at(one, other))
    if others > (CHANCE if alone else CHANCE_OF_REACHED):
        return None
    rare = others <= CHANCE_OF_SURE
    return Likeness(exact and place == Place.SAME and alone and rare, reasons)


def _at(one: Traits, other: Traits) -> tuple[str, str]:
    """Both employers, as `Commons` count them."""
    return " ".join(one.company), " ".join(other.company)


PLACES = {Place.SAME: ("same_company",), Place.NEAR: ("near_company",)}


def _place(one: Traits, other: Traits) -> Place:
    """Their employers, by name or by the address that the employer gave."""
    place = compare_companies(one.company, other.company)
    if place == Place.UNKNOWN and _employers(one) & _employers(other):
        return Place.SAME
    return place


def _employers(one: Traits) -> set[str]:
    return {*one.employers, "".join(one.company)} - {""}


def _apart(one: Traits, other: Traits) -> bool:
    """Is each reached in the same sort of way, but by another one? Both have a mobile, say.

    A private and a work address are of two sorts, and one person may well have both.
    """
    return not _sorts(one).isdisjoint(_sorts(other))


def _sorts(one: Traits) -> set[str]:
    return {_sort(way) for way in one.ways} - {""}


def _sort(way: str) -> str:
    match way[0]:
        case "m":
            return "work" if employer_of(way[2:]) else "private"
        case "p":
            return "" if way[2:].startswith(LANDLINES) else "mobile"
        case _:
            return "profile" if way[2:].startswith("linkedin.com/") else ""


LANDLINES = ("+331", "+332", "+333", "+334", "+335", "+339")
DIGITS = re.compile(r"\d+")


def _near_ways(one: Traits, other: Traits) -> list[str]:
    """Mails and phones that are but a slip apart."""
    found = []
    for kind, reason, near in (("m", "near_mail", _near_mail), ("p", "near_phone", _near_phone)):
        mine = [way[2:] for way in one.ways if way[0] == kind]
        theirs = [way[2:] for way in other.ways if way[0] == kind]
        if any(near(a, b) for a in mine for b in theirs):
            found.append(reason)
    return found


def _near_mail(one: str, other: str) -> bool:
    """jean.martin1@… and jean.martin2@… are two people: a number is no slip, nor another house.

    What stands behind a plus is a mark of its owner's, and one house may be written .fr or .com.
    """
    one, other = _without_mark(one), _without_mark(other)
    if one.rpartition(".")[0] == other.rpartition(".")[0]:
        return True
    houses = {mail.rpartition("@")[2] for mail in (one, other)}
    both_free = len(houses) > 1 and not any(map(employer_of, (one, other)))
    if both_free or DIGITS.findall(one) != DIGITS.findall(other):
        return False
    allowed = 1 if min(len(one), len(other)) < LONG else 2
    return are_within(one, other, allowed)


def _without_mark(mail: str) -> str:
    local, at, house = mail.rpartition("@")
    return f"{local.partition('+')[0]}{at}{house}"


def _near_phone(one: str, other: str) -> bool:
    """The names are alike by then: two slips in nine digits are no other person."""
    return are_within(one, other, 2)
