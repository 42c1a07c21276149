"""`rivals` – Carte des concurrents: which companies have the people we need."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import typed
from game.rules.options import Options
from game.rules.pack import PLACEHOLDER, Choice, Line
from game.rules.part import Many
from game.rules.person import fold, squeeze
from game.rules.round import (
    Accepted,
    Entry,
    Kind,
    Setting,
    Settled,
    Standing,
    Tally,
    parse,
    withdrawn,
)
from game.rules.scoring import by_player, in_order
from game.rules.stored import Count, Stored, Withdrawable
from game.rules.typed import TextCount, Typed
from game.rules.view import EMPLOYER, Findings, Found, Table, TypedText, View
from game.rules.worth import Worth

PAID = 5  # companies of a player
RECALLED = 3  # that later rounds ask for people at
NAMED = Worth("rival_named", 2, _("une entreprise nommée"))
SHARED = Worth("rival_shared", 1, _("nommée aussi par d'autres"))


class Tie(Choice):
    """Why such people are there; `prompt` recalls them, with the company at its place.

    `example` is an invented company.
    """

    prompt: Line
    example: Line

    @field_validator("prompt")
    @classmethod
    def _place(cls, text: str) -> str:
        if PLACEHOLDER.findall(text) != ["{company}"]:
            raise ValueError("must say {company} once, and nothing else in braces")
        return text


TIES = Many("rivals", Tie)


class RivalsOptions(Options):
    """Nothing to set: the round's brief says who is needed."""


class CompanyTyped(BaseModel):
    """A company where such people are, and why."""

    model_config = ConfigDict(str_strip_whitespace=True)

    slot: str = Field(pattern=r"^company:[A-Za-z0-9_-]{4,32}$")
    name: str = Field(min_length=2, max_length=80)
    tie: str = ""

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return squeeze(value)


class Company(Withdrawable):
    """What the rules keep of it."""

    name: str = ""
    tie: str = ""


class CompanyCount(TextCount):
    """How many people named a company, and why most of them did."""

    tie: str = ""


class RivalsResult(Stored):
    """How many people named how many companies; the companies, the most named first."""

    people: Count = 0
    named: Count = 0
    companies: tuple[CompanyCount, ...] = ()


@dataclass(frozen=True)
class CompanyTold(TypedText):
    """A company, as a share of the most named one, why it is there, and what it recalls."""

    share: int
    tie_label: str
    prompt: str


@dataclass(frozen=True)
class RivalsTold:
    """Where the room sees such people; `named` counts all companies, also those of one person."""

    people: int
    named: int
    companies: tuple[CompanyTold, ...]


@dataclass(frozen=True, kw_only=True)
class RivalsView(View):
    """The reasons to choose from; at the reveal the companies."""

    ties: tuple[Tie, ...]
    result: RivalsTold | None


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A company named, corrected or taken back. Raises Refusal."""
    if raw.get("withdraw"):
        return withdrawn(own, raw)
    given = parse(CompanyTyped, raw)
    if given.tie and given.tie not in {tie.key for tie in TIES.of(setting.pack)}:
        raise Refusal("bad_input", {"tie": "invalid"})
    kept = Company(withdrawn=False, name=given.name, tie=given.tie)
    return Accepted(given.slot, kept.json_object())


def named(own: Sequence[Standing]) -> list[tuple[Standing, Company]]:
    """A player's companies, each once however it is spelled, in order of arrival."""
    once: dict[str, tuple[Standing, Company]] = {}
    for given in in_order(own):
        company = Company.of(given.stored)
        if not company.withdrawn:
            once.setdefault(fold(company.name), (given, company))
    return list(once.values())


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for the first companies."""
    paid = named(own)[:PAID]
    return tuple(Entry(each.slot, NAMED.name, setting.points.rival_named) for each, _c in paid)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The companies, and points for those that others named too."""
    lists = {player: named(own) for player, own in by_player(everyone).items()}
    given = [(player, company) for player, own in lists.items() for _each, company in own]
    found = typed.counted(Typed(player, "", company.name) for player, company in given)
    spelling = typed.spelled(company.name for _player, company in given)
    shared = {one.text for one in found if one.people >= typed.SEVERAL}
    worth = setting.points.rival_shared
    entries = {
        player: tuple(
            Entry(each.slot, SHARED.name, worth)
            for each, company in own[:PAID]
            if spelling[company.name] in shared
        )
        for player, own in lists.items()
    }
    ties = Counter((spelling[company.name], company.tie) for _p, company in given if company.tie)
    result = RivalsResult(
        people=sum(map(bool, lists.values())),
        named=len(found),
        companies=tuple(_count(one, ties) for one in found),
    )
    return Settled(result.json_object(), {who: own for who, own in entries.items() if own})


def _count(one: TextCount, ties: Counter[tuple[str, str]]) -> CompanyCount:
    own = sorted((-n, tie) for (text, tie), n in ties.items() if text == one.text)
    tie = own[0][1] if own else ""
    return CompanyCount(about="", text=one.text, people=one.people, tie=tie)


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> RivalsView:
    """The reasons to choose from; at the reveal the companies that several people named."""
    ties = TIES.of(setting.pack)
    if result is None:
        return RivalsView(ties=ties, result=None)
    kept = RivalsResult.of(result)
    companies = _told(setting, audience, kept.companies)
    return RivalsView(
        ties=ties,
        result=RivalsTold(kept.people, kept.named, companies),
        texts=companies if audience == "remote" else (),
        table=_table(ties, kept.companies) if audience == "desk" else None,
        findings=_findings(kept) if audience == "desk" else None,
    )


def _findings(kept: RivalsResult) -> Findings:
    return Findings(
        EMPLOYER, kept.people, tuple(Found(one.text, 0, one.people) for one in kept.companies)
    )


def _told(
    setting: Setting, audience: str, found: Sequence[CompanyCount]
) -> tuple[CompanyTold, ...]:
    ties = TIES.of(setting.pack)
    why = {typed.key_of(one.text): _why(ties, one) for one in found}
    shown = typed.told(setting, audience, found)
    most = typed.most(shown)
    return tuple(
        CompanyTold(
            *(text.key, text.name, text.count, text.hidden),
            *(100 * text.count // most, *why[text.key]),
        )
        for text in shown
    )


def _why(ties: Sequence[Tie], one: CompanyCount) -> tuple[str, str]:
    """Why it is there, and what it recalls: by the first reason where none was given."""
    tie = next((tie for tie in ties if tie.key == one.tie), None)
    asked = (tie or ties[0]).prompt.replace("{company}", one.text)
    return (tie.label if tie else "", asked)


def _table(ties: Sequence[Tie], found: Sequence[CompanyCount]) -> Table:
    """Every target company, with the prompt that recalls whom one knows there."""
    columns = (_("Entreprise"), _("Personnes"), _("Pourquoi là"), _("Relance pour un atelier"))
    return Table(columns, tuple((one.text, one.people, *_why(ties, one)) for one in found))


def pages(_setting: Setting, result: Json) -> int:
    """The companies, then what they recall, where several people named one."""
    kept = RivalsResult.of(result).companies
    return 2 if any(one.people >= typed.SEVERAL for one in kept) else 1


def recalls(setting: Setting, result: Json) -> Sequence[str]:
    """Whom one knows at the companies that most people named, as far as the room may see them."""
    found = _told(setting, "phone", RivalsResult.of(result).companies)
    return [company.prompt for company in found[:RECALLED]]


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Two of the invented companies."""
    ties = TIES.of(setting.pack)
    chosen = (ties[nth % 3 % len(ties)], ties[(nth + nth // 3) % len(ties)])
    return [
        {"slot": f"company:example{n}", "name": tie.example, "tie": tie.key}
        for n, tie in enumerate(chosen)
    ]


KIND = Kind(
    "rivals",
    _("Carte des concurrents"),
    RivalsOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(NAMED, SHARED),
    parts=(TIES,),
    secret=frozenset({"companies", "people", "named", "share"}),
    recalls=recalls,
)
