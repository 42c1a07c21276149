"""Made-up people whose records have slips of other sorts than the rules were written for.

What is measured on `people` alone could have been learnt by heart. Here names come from profiles,
scans and a phone call; employers are shortened as in speech; mails are of a mistyped house.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.people import Made, People, Slip
from game.rules.person import fold

HEARD = (
    *(("ph", "f"), ("th", "t"), ("eau", "o"), ("ck", "k"), ("y", "i"), ("qu", "k")),
    *(("ll", "l"), ("nn", "n"), ("tt", "t"), ("ss", "s"), ("rr", "r"), ("gu", "g"), ("c", "k")),
)
SCANNED = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("li", "h"), ("l", "1"), ("o", "0"), ("nn", "m"))
AFTER = (", PhD", " (elle)", " | Recrutement", " - en poste", " ✨", ", MBA", " [CV]")
HOUSES = (
    *(("gmail.com", "gmial.com"), ("gmail.com", "gmail.con"), ("gmail.com", "gmail.fr")),
    *(("hotmail.fr", "hotmial.fr"), ("orange.fr", "orange.com"), ("free.fr", "fre.fr")),
    *(("laposte.net", "la-poste.net"), ("sfr.fr", "sfr.com"), (".fr", ".com")),
)


class Strangers(People):
    """The same people and the same lookalikes, with other slips."""

    def of_names(self) -> Sequence[Slip]:
        return NAMES

    def of_places(self) -> Sequence[Slip]:
        return PLACES

    def of_ways(self) -> Mapping[str, Sequence[Slip]]:
        return {
            "mail": (_house_typo, _plus_tag, _dot_lost),
            "phone": (_digit_lost, _digit_doubled),
        }

    def changed(self, text: str, pairs: Sequence[tuple[str, str]]) -> str:
        """The text with one of these changes, where one can be made."""
        there = [(a, b) for a, b in pairs if a in text]
        if not there:
            return text
        a, b = self.dice.choice(there)
        at = self.dice.choice([found.start() for found in re.finditer(re.escape(a), text)])
        return text[:at] + b + text[at + len(a) :]


def _named(one: Made, name: str) -> Made:
    return replace(one, name=name)


def _heard(people: People, one: Made) -> Made:
    assert isinstance(people, Strangers)
    return _named(one, people.changed(one.name.lower(), HEARD).title())


def _scanned(people: People, one: Made) -> Made:
    assert isinstance(people, Strangers)
    return _named(one, people.changed(one.name, SCANNED))


def _hyphen_lost(people: People, one: Made) -> Made:
    return _named(one, one.name.replace("-", people.dice.choice((" ", ""))))


def _middle_letter(people: People, one: Made) -> Made:
    first, _, last = one.name.partition(" ")
    return _named(one, f"{first} {people.dice.choice('ABCDEFGJLMPRST')}. {last}")


def _of_a_profile(people: People, one: Made) -> Made:
    return _named(one, f"{one.name}{people.dice.choice(AFTER)}")


def _second_first_name(people: People, one: Made) -> Made:
    first, _, last = one.name.partition(" ")
    return _named(one, f"{first} {people.fakers[0].first_name()} {last}")


def _without_accents(_people: People, one: Made) -> Made:
    """As an old system kept them: a question mark for each accent."""
    return _named(one, re.sub(r"[^\x00-\x7f]", "?", one.name))


def _article_lost(_people: People, one: Made) -> Made:
    return replace(one, company=re.sub(r" (de|du|des) ", " ", one.company))


def _first_letters(_people: People, one: Made) -> Made:
    words = one.company.split(" ")
    letters = "".join(word[0] for word in words).upper()
    return replace(one, company=letters) if len(words) > 2 else one


def _country_after(people: People, one: Made) -> Made:
    added = people.dice.choice((" France", " (siège)", " – Recherche", " Europe"))
    return replace(one, company=f"{one.company}{added}")


def _in_lower_case(_people: People, one: Made) -> Made:
    return replace(one, company=fold(one.company))


def _house_typo(people: People, one: Made) -> Made:
    assert isinstance(people, Strangers)
    local, _, house = one.mail.partition("@")
    fitting = [(a, b) for a, b in HOUSES if house.endswith(a)]
    return replace(one, mail=f"{local}@{people.changed(house, fitting)}")


def _plus_tag(people: People, one: Made) -> Made:
    local, _, house = one.mail.partition("@")
    return replace(one, mail=f"{local}+{people.dice.choice(('cv', 'emploi', 'pro'))}@{house}")


def _dot_lost(_people: People, one: Made) -> Made:
    local, _, house = one.mail.partition("@")
    return replace(one, mail=f"{local.replace('.', '')}@{house}")


def _digit_lost(people: People, one: Made) -> Made:
    n = people.dice.randrange(4, len(one.phone))
    return replace(one, phone=one.phone[:n] + one.phone[n + 1 :])


def _digit_doubled(people: People, one: Made) -> Made:
    n = people.dice.randrange(4, len(one.phone) - 1)
    return replace(one, phone=one.phone[: n + 1] + one.phone[n : len(one.phone) - 1])


NAMES: tuple[Slip, ...] = (
    *(_heard, _heard, _scanned, _hyphen_lost, _middle_letter),
    *(_of_a_profile, _second_first_name, _without_accents),
)
PLACES: tuple[Slip, ...] = (_article_lost, _first_letters, _country_after, _in_lower_case)
