"""What a target is: columns of a file, or a request for each person, and what it asks for.

Each target is one declaration in `game.exports.targets`; nothing else names it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from game.exports.person import Person

Options = Mapping[str, str]
Holds = str | Callable[[Person, Options], str]


@dataclass(frozen=True)
class Option:
    """What is set once for a target. Texts are French.

    `choices` are keys with their words; `pattern` bounds what stands in an address; `lines` is one
    that has many lines; nothing leaves while a `needed` one is empty. `usual` stands in until set.
    """

    name: str
    label: str
    hint: str = ""
    choices: Mapping[str, str] | None = None
    pattern: str = ""
    lines: bool = False
    needed: bool = False
    usual: str = ""


@dataclass(frozen=True)
class To:
    """One column of a file: its heading and what stands below, a field of a person or a function.

    With `named`, an option holds the heading, and there is no such column while that is empty; with
    `only`, there is none while that option is.
    """

    heading: str
    holds: Holds
    named: str = ""
    only: str = ""


@dataclass(frozen=True)
class Form:
    """The file that a target takes: `kinds` among csv and xlsx, at most `most` rows (0: no limit).

    `mark` puts the sign of UTF-8 first, which Excel wants and others may take for a letter.
    """

    kinds: tuple[str, ...] = ("csv",)
    separator: str = ","
    mark: bool = False
    most: int = 0
    name: str = ""


@dataclass(frozen=True)
class Push:
    """One POST of JSON for each person.

    `address` has places in braces that options fill; `sign` makes the headers that prove who asks
    from the key; `id_of` finds the remote id in the answer, `refused` says that a 2xx is a refusal
    all the same. `pace` is (so many requests, in so many seconds). `key` says what the key is.
    """

    address: str
    sign: Callable[[str, Options], Mapping[str, str]]
    body: Callable[[Person, Options], Mapping[str, object]]
    id_of: Callable[[Any], object]
    key: str
    refused: Callable[[Any], bool] = lambda answer: False
    pace: tuple[int, float] = (5, 1.0)


@dataclass(frozen=True)
class Target:
    """Where leads go. Texts are French.

    `required` are the fields that a person must have ('cv' is one that nobody has here). `mails`
    says when this target writes to people by itself. `recipient` is false for a file that stays
    with whoever makes it. `remarks` are shown, `unchecked` too, as what was not verified.
    """

    key: str
    title: str
    required: tuple[str, ...] = ("name",)
    columns: tuple[To, ...] = ()
    form: Form | None = None
    push: Push | None = None
    options: tuple[Option, ...] = ()
    mails: str = ""
    recipient: bool = True
    remarks: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


def settled(target: Target, kept: Options) -> dict[str, str]:
    """The options with what is usual for those that nobody has set."""
    return {one.name: kept.get(one.name) or one.usual for one in target.options}


def missing(target: Target, options: Options) -> list[Option]:
    """The options without which nothing may leave."""
    return [one for one in target.options if one.needed and not options.get(one.name)]


def option(name: str) -> Callable[[Person, Options], str]:
    """What an option holds, for everybody alike."""
    return lambda _person, options: options.get(name, "")


def credit(person: Person, options: Options) -> str:
    """Who gets the credit there, by the recommender's work mail; empty without their yes."""
    mine = person.recommender_mail.casefold()
    for line in options.get("credit", "").splitlines():
        mail, _, other = line.partition("=")
        if mine and mail.strip().casefold() == mine:
            return other.strip()
    return ""


def columns_of(target: Target, options: Options) -> list[To]:
    """The columns that the file has."""
    unset = {one.name for one in target.options if not options.get(one.name)}
    return [one for one in target.columns if not {one.named, one.only} & unset]


def headings(target: Target, options: Options) -> list[str]:
    """What the columns are called."""
    return [options[c.named] if c.named else c.heading for c in columns_of(target, options)]


def row(target: Target, options: Options, person: Person) -> Sequence[str]:
    """What stands in the columns for one person."""
    return [_held(one.holds, person, options) for one in columns_of(target, options)]


def _held(holds: Holds, person: Person, options: Options) -> str:
    return person.text(holds) if isinstance(holds, str) else holds(person, options)


def filled(body: Mapping[str, object]) -> dict[str, object]:
    """The body without what is empty: nothing is sent as if it were known."""
    return {name: value for name, value in body.items() if value not in ("", [], None)}
