"""Two employers, compared: legal forms, words left out, initials, slips of the keyboard."""

from enum import IntEnum

from rapidfuzz import fuzz

from game.rules.person import fold
from game.rules.same_name import is_slip

# SAS and the like; as words of their own they never tell one company from another
_FORMS = (
    "sas sasu sarl sa eurl sci snc scop gie ei eirl selarl scic spa srl sprl asbl nv bv ag gmbh kg "
    "ltd limited llc inc corp plc co cie compagnie company groupe group holding societe ste ets "
    "etablissements france and et of the de du des la le les l d"
)
FORMS = frozenset(_FORMS.split())
NEAR = 88  # of a hundred: the likeness from which a spelling counts as a slip
_FREE = (
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac free orange wanadoo sfr "
    "neuf laposte bbox numericable gmx proton protonmail aol exemple example posteo mailo tutanota "
    "club-internet voila aliceadsl skynet bluewin"
)
FREE = frozenset(_FREE.split())  # whose addresses say nothing of an employer


class Place(IntEnum):
    """How far two employers are one."""

    DIFFERENT = 0
    UNKNOWN = 1
    NEAR = 2
    SAME = 3


def company_words(company: str) -> tuple[str, ...]:
    """The words by which a company is told; all of them where each is but a form."""
    words = fold(company.replace("'", " ").replace("’", " ").replace("&", " ")).split()
    return tuple(word for word in words if word not in FORMS) or tuple(words)


def employer_of(mail: str) -> str:
    """What the address says of the employer: 'acme' of nora@acme.fr; empty for a private one."""
    parts = mail.rpartition("@")[2].split(".")
    label = parts[-2] if len(parts) > 1 else ""
    return "" if label in FREE else fold(label).replace(" ", "")


def compare_companies(one: tuple[str, ...], other: tuple[str, ...]) -> Place:
    """How two employers fit, of their words."""
    if not one or not other:
        return Place.UNKNOWN
    if one == other or "".join(one) == "".join(other) or set(one) == set(other):
        return Place.SAME
    return Place.NEAR if _is_near(one, other) else Place.DIFFERENT


def _is_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if set(one) < set(other) or set(other) < set(one):
        return True
    if _is_acronym(one, other) or _is_acronym(other, one):
        return True
    whole, also = " ".join(one), " ".join(other)
    return is_slip(whole, also) or fuzz.token_sort_ratio(whole, also) >= NEAR


def _is_acronym(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """FDN is Fonderies de Nantes: the first letters, small words counted or not."""
    if len(short) != 1 or len(whole) < 2 or not 3 <= len(short[0]) <= len(whole) + 2:
        return False
    letters = iter(short[0])
    return short[0][0] == whole[0][0] and all(word[0] in letters for word in whole)
