"""Made-up people with known truth: who is whom, and every sort of slip that records have.

Nobody in them exists. Beside the doubles stand those who only look like it: namesakes, families
that share a phone, colleagues who share a name or a switchboard.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_lowercase

from faker import Faker

from game.content import short_names
from game.rules.person import fold

DOUBLED = 0.4  # of all people have a second record, or a third
NAME_SLIPS, PLACE_SLIPS = 0.5, 0.4  # of second records hold one in the name, in the employer
CITIES = ("Nantes", "Lyon", "Rennes", "Brest", "Lille", "Tours", "Dijon", "Metz", "Nancy", "Pau")
HOUSES = ("Mairie de {}", "CHU de {}", "Fonderies de {}", "Ateliers {} Ouest", "Crédit {} Habitat")
FORMS = (" SA", " SAS", " SARL", " Groupe", "")
PRIVATE = ("gmail.com", "gmail.com", "orange.fr", "free.fr", "hotmail.fr", "laposte.net", "sfr.fr")
RARE = (
    ("Ker", "Guil", "Mont", "Beau", "Vil", "Cha", "Tre", "Bour", "Pel", "Ros", "Lam", "Des"),
    ("le", "ba", "ri", "go", "ve", "ma", "si", "du", "no", "la"),
    ("guen", "neau", "rand", "villard", "tier", "lin", "mont", "bert", "sac", "vier", "ron"),
)
ROOT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Made:
    """A record; `who` is the person it is of, and `slips` what was done to it."""

    who: int
    name: str
    company: str = ""
    mail: str = ""
    phone: str = ""
    link: str = ""
    slips: tuple[str, ...] = ()


class People:
    """Makes records, the same for the same seed."""

    def __init__(self, seed: int, *, reached: bool) -> None:
        self.dice = random.Random(seed)
        self.reached = reached
        self.fakers = [Faker("fr_FR"), Faker("en_GB")]
        for faker in self.fakers:
            faker.seed_instance(seed)
        self.short = _short_forms()
        self.mails: set[str] = set()
        self.houses = [self._house() for _ in range(400)]

    def records(self, people: int) -> list[Made]:
        """So many people, four in ten of them twice or three times, in no order."""
        made: list[Made] = []
        for who in range(people):
            one = self._person(who)
            made.append(one)
            if self.dice.random() < DOUBLED:
                made += [self._again(one) for _ in range(self.dice.choice((1, 1, 2)))]
            made += self._alike(one, who + people * (1 + len(made)))
        self.dice.shuffle(made)
        return made

    def _house(self) -> str:
        if self.dice.random() < 0.5:
            return self.dice.choice(HOUSES).format(self.dice.choice(CITIES))
        return (
            f"{self.fakers[0].last_name()} {self.dice.choice(('Énergie', 'Conseil', 'Industrie'))}"
        )

    def _person(self, who: int) -> Made:
        faker = self.dice.choices(self.fakers, (4, 1))[0]
        first, last = faker.first_name(), self._last_name(faker)
        one = Made(who, f"{first} {last}", self.dice.choice(self.houses))
        return self._reached(one) if self.reached else one

    def _last_name(self, faker: Faker) -> str:
        """Half of all last names are rare, as in a directory."""
        if self.dice.random() < 0.5:
            return str(faker.last_name())
        return "".join(self.dice.choice(part) for part in RARE)

    def _reached(self, one: Made) -> Made:
        """With a mail or a phone, mostly both."""
        first, _, last = one.name.partition(" ")
        which = self.dice.choice(("mail", "phone", "both", "both"))
        first, last = (fold(part).replace(" ", "-") for part in (first, last))
        local = self.dice.choice((f"{first}.{last}", f"{first[0]}{last}", f"{first}{last}"))
        number = self.dice.choice(("", "", str(self.dice.randint(1, 99))))
        work = f"{fold(one.company).replace(' ', '-')}.fr"
        house = work if self.dice.random() < 0.4 else self.dice.choice(PRIVATE)
        mail = f"{local}{number}@{house}"
        if mail in self.mails:  # no two people have one
            mail = f"{local}{len(self.mails) + 100}@{house}"
        self.mails.add(mail)
        phone = self._number() if which != "mail" else ""
        return replace(one, mail=mail if which != "phone" else "", phone=phone)

    def _number(self) -> str:
        return f"+336{self.dice.randint(10_000_000, 99_999_999)}"

    # --- the same person again

    def _again(self, one: Made) -> Made:
        made = one
        if self.reached:
            made = self._other_ways(made)
        if self.dice.random() < NAME_SLIPS or made == one:
            made = self._slipped(made, self.dice.choice(self.of_names()))
        if self.dice.random() < PLACE_SLIPS:
            made = self._slipped(made, self.dice.choice(self.of_places()))
        return made

    def of_names(self) -> Sequence[Slip]:
        """The slips that names have."""
        return NAMES

    def of_places(self) -> Sequence[Slip]:
        """The slips that employers have."""
        return PLACES

    def of_ways(self) -> Mapping[str, Sequence[Slip]]:
        """The slips that a mail and a phone have."""
        return {"mail": (_mail_typo,), "phone": (_phone_typo,)}

    def _slipped(self, one: Made, slip: Callable[[People, Made], Made]) -> Made:
        made = slip(self, one)
        name = slip.__name__.strip("_")
        return replace(made, slips=(*made.slips, name)) if made != one else made

    def _other_ways(self, one: Made) -> Made:
        """Keeps a mail or a phone in common, or one that is misspelt."""
        kept = [way for way in ("mail", "phone") if getattr(one, way)]
        sure = self.dice.choice(kept)
        other = next((way for way in kept if way != sure), "")
        if other and self.dice.random() < 0.5:
            one = replace(one, mail="") if other == "mail" else replace(one, phone="")
        if self.dice.random() < 0.3:
            one = self._slipped(one, self.dice.choice(self.of_ways()[sure]))
        return one

    def typo(self, text: str) -> str:
        """One slip of the keyboard in a word of four letters or more."""
        words = text.split(" ")
        long = [n for n, word in enumerate(words) if len(word) > 3]
        if not long:
            return text
        at = self.dice.choice(long)
        words[at] = self._mistyped(words[at])
        return " ".join(words)

    def _mistyped(self, word: str) -> str:
        n = self.dice.randrange(len(word) - 1)
        letter = self.dice.choice(ascii_lowercase)
        return self.dice.choice(
            (
                word[:n] + word[n + 1 :],
                word[:n] + word[n + 1] + word[n] + word[n + 2 :],
                word[:n] + letter + word[n + 1 :],
                word[:n] + letter + word[n:],
                word[:n] + word[n] + word[n:],
            )
        )

    # --- people who only look alike

    def _alike(self, one: Made, who: int) -> Iterator[Made]:
        """Now and then a namesake, somebody of the family, a colleague."""
        chance = self.dice.random()
        faker = self.fakers[0]
        _, _, last = one.name.partition(" ")
        elsewhere = self.dice.choice([h for h in self.houses if h != one.company])
        if chance < 0.05:
            other = Made(who, one.name, elsewhere)
        elif chance < 0.10:
            other = Made(who, f"{self._other_first(one)} {last}", elsewhere)
        elif chance < 0.15:
            other = Made(who, f"{self._other_first(one)} {faker.last_name()}", one.company)
        elif chance < 0.17:
            other = Made(who, f"{self._other_first(one)} {last}", one.company)
        else:
            return
        if self.reached:
            other = self._reached(other)
            if chance >= 0.05:
                other = replace(other, phone=one.phone or other.phone)
        yield other

    def _other_first(self, one: Made) -> str:
        mine = one.name.split(" ")[0]
        return next(n for n in iter(self.fakers[0].first_name, "") if fold(n)[:2] != fold(mine)[:2])


def _short_forms() -> dict[str, list[str]]:
    """Other forms of first names, from the list the game has."""
    known = short_names.load(ROOT)
    forms: dict[str, list[str]] = {}
    for name, groups in known.groups.items():
        forms[name] = [o for o, own in known.groups.items() if o != name and own & groups]
    return forms


def _accents_and_case(people: People, one: Made) -> Made:
    folded = people.dice.choice((fold(one.name).upper(), fold(one.name).title()))
    return replace(one, name=folded)


def _order(people: People, one: Made) -> Made:
    first, _, last = one.name.partition(" ")
    return replace(one, name=people.dice.choice((f"{last.upper()} {first}", f"{last}, {first}")))


def _short_name(people: People, one: Made) -> Made:
    first, _, last = one.name.partition(" ")
    if "-" in first:
        head, _, tail = first.partition("-")
        return replace(one, name=f"{head}-{tail[:3]} {last}" if len(tail) > 4 else one.name)
    forms = people.short.get(fold(first))
    return replace(one, name=f"{people.dice.choice(forms).title()} {last}") if forms else one


def _initial(_people: People, one: Made) -> Made:
    first, _, last = one.name.partition(" ")
    letters = "-".join(f"{part[0]}." for part in first.split("-"))
    return replace(one, name=f"{letters} {last}")


def _typo_in_name(people: People, one: Made) -> Made:
    return replace(one, name=people.typo(one.name))


def _title(people: People, one: Made) -> Made:
    return replace(one, name=f"{people.dice.choice(('M.', 'Mme', 'Dr'))} {one.name}")


def _second_name(people: People, one: Made) -> Made:
    return replace(one, name=f"{one.name}-{people.fakers[0].last_name().split(' ')[-1]}")


def _legal_form(people: People, one: Made) -> Made:
    return replace(one, company=f"{one.company}{people.dice.choice(FORMS)}".upper())


def _typo_in_company(people: People, one: Made) -> Made:
    return replace(one, company=people.typo(one.company))


def _company_cut(_people: People, one: Made) -> Made:
    words = one.company.split(" ")
    return replace(one, company=" ".join(words[:-1])) if len(words) > 2 else one


def _no_company(_people: People, one: Made) -> Made:
    return replace(one, company="")


def _mail_typo(people: People, one: Made) -> Made:
    local, _, house = one.mail.partition("@")
    return replace(one, mail=f"{people._mistyped(local)}@{house}") if len(local) > 3 else one


def _phone_typo(people: People, one: Made) -> Made:
    n = people.dice.randrange(4, len(one.phone) - 1)
    swapped = one.phone[:n] + one.phone[n + 1] + one.phone[n] + one.phone[n + 2 :]
    other = one.phone[:n] + str(people.dice.randrange(10)) + one.phone[n + 1 :]
    return replace(one, phone=people.dice.choice((swapped, other)))


Slip = Callable[[People, Made], Made]
NAMES: tuple[Slip, ...] = (
    *(_accents_and_case, _order, _short_name, _initial),
    *(_typo_in_name, _typo_in_name, _title, _second_name),
)
PLACES: tuple[Slip, ...] = (*(_legal_form, _typo_in_company, _company_cut, _no_company),)
