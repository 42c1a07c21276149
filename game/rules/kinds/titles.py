"""`titles` – Duel d'intitulés: two job titles, which would you click; then predict the room."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pydantic import Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import vote
from game.rules.options import Options, option
from game.rules.pack import Choice, Pack
from game.rules.part import Fault, Known, ManyOfBriefs, OfBrief, strange_brief, twice
from game.rules.person import squeeze
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally
from game.rules.scoring import by_player
from game.rules.stored import Shares
from game.rules.view import TITLE, Findings, Found, Table, View, percent

SLOT = "duel:"
FEWEST, MOST = 2, 4  # titles: with four, there are six duels


class TitleSet(OfBrief):
    """Titles under which one and the same job may be advertised."""

    titles: tuple[Choice, ...] = Field(min_length=FEWEST, max_length=MOST)


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    yield from strange_brief(raw, known)
    yield from twice(raw, "titles")


def _named(titles: TitleSet, _pack: Pack) -> str:
    return " / ".join(title.label for title in titles.titles)


SETS = ManyOfBriefs("titles", TitleSet, _look)


def own_titles(text: str) -> tuple[Choice, ...]:
    """Titles as a facilitator types them, one a line. Raises ValueError."""
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    if lines and (not FEWEST <= len(lines) <= MOST or len(set(lines)) < len(lines)):
        raise ValueError("own_titles")
    if max(map(len, lines), default=0) > 80:
        raise ValueError("too_long")
    return tuple(Choice(key=f"own-{n}", label=line) for n, line in enumerate(lines, 1))


class TitlesOptions(Options):
    """Which titles meet: the facilitator's own, else a set of the content."""

    titles: str = option(
        "", _("Intitulés"), part=SETS, named=_named, empty=_("Ceux du poste"), at_once=True
    )
    own: str = option(
        "",
        _("Vos propres intitulés"),
        lines=True,
        hint=_("De deux à quatre, un par ligne. Ils passent devant ceux de la liste."),
        max_length=1000,
    )

    @field_validator("own")
    @classmethod
    def _own(cls, typed: str) -> str:
        own_titles(typed)
        return typed


@dataclass(frozen=True)
class RankedBar(vote.Bar):
    """A title's share of clicks, and its place among the titles, from 1."""

    rank: int


@dataclass(frozen=True, kw_only=True)
class TitlesView(View):
    """The duels and all their titles; then the titles' ranking."""

    options: tuple[Choice, ...]
    duels: tuple[tuple[Choice, Choice], ...]
    result: vote.VoteTold | None


def titles_of(setting: Setting) -> tuple[Choice, ...]:
    """The titles of the round: one's own, else those named, else the brief's, else the first."""
    options = setting.chosen(TitlesOptions)
    fitting = SETS.fitting(setting.pack, options.titles, setting.brief)
    return own_titles(options.own) or fitting.titles


def duels_of(setting: Setting) -> tuple[tuple[Choice, Choice], ...]:
    """Every pair of titles once; who stands first changes from one to the next."""
    pairs = combinations(titles_of(setting), 2)
    return tuple((a, b) if n % 2 == 0 else (b, a) for n, (a, b) in enumerate(pairs))


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A click in a duel, or a guess of the room's favourite."""
    slot = raw.get("slot")
    for n, duel in enumerate(duels_of(setting)):
        if slot == f"{SLOT}{n}":
            return vote.vote([title.key for title in duel], slot, raw)
    if slot == "guess":
        return vote.guess([title.key for title in titles_of(setting)], raw)
    raise Refusal("bad_input", {"slot": "invalid"})


def _clicks(setting: Setting, standings: Sequence[Standing]) -> list[Standing]:
    """The clicks that count: on a title that is in its duel."""
    duels = {f"{SLOT}{n}": {t.key for t in duel} for n, duel in enumerate(duels_of(setting))}
    return [s for s in standings if s.stored.get("choice") in duels.get(s.slot, ())]


def _fought(setting: Setting, own: Sequence[Standing]) -> bool:
    """Has a player clicked in every duel?"""
    return len(_clicks(setting, own)) == len(duels_of(setting))


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for having clicked in every duel."""
    if not _fought(setting, own):
        return ()
    return (Entry("duels", vote.VOTED.name, setting.points.voted),)


def shares(setting: Setting, everyone: Sequence[Standing]) -> Shares:
    """How often each title was clicked where it could be, in per cent; none that never met."""
    won: Counter[str] = Counter()
    met: Counter[str] = Counter()
    duels = duels_of(setting)
    for click in _clicks(setting, everyone):
        won[vote.choice_of(click)] += 1
        met.update(title.key for title in duels[int(click.slot.removeprefix(SLOT))])
    return {key: round(100 * won[key] / n) for key, n in met.items()}


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The titles' shares of clicks, and points for those who saw the favourite coming.

    Only who has clicked in every duel is rewarded for a guess.
    """
    share_of = shares(setting, everyone)
    own = by_player(everyone).values()
    fought = [given for answers in own if _fought(setting, answers) for given in answers]
    voters = len({click.player for click in _clicks(setting, everyone)})
    return vote.settled(setting, voters, share_of, vote.tops(share_of), fought)


def _ranked(setting: Setting, share_of: Shares) -> tuple[RankedBar, ...]:
    """The titles from the most clicked; equals share their rank."""
    bars = vote.bars(titles_of(setting), share_of, ())
    ordered = sorted(bars, key=lambda bar: -bar.share)
    ranks = [1 + sum(other.share > bar.share for other in bars) for bar in ordered]
    return tuple(
        RankedBar(bar.key, bar.label, bar.share, rank == 1, rank)
        for bar, rank in zip(ordered, ranks, strict=True)
    )


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> TitlesView:
    """The duels, and the titles to predict the favourite among; at the reveal their ranking."""
    titles, duels = titles_of(setting), duels_of(setting)
    if result is None:
        return TitlesView(options=titles, duels=duels, result=None)
    kept = vote.VoteResult.of(result)
    bars = _ranked(setting, kept.share_of)
    table = _table(bars) if kept.share_of and audience == "desk" else None
    told = vote.VoteTold.of(kept, bars)
    findings = _findings(kept.voters, bars) if audience == "desk" else None
    return TitlesView(options=titles, duels=duels, result=told, table=table, findings=findings)


def _findings(voters: int, bars: Sequence[RankedBar]) -> Findings:
    return Findings(TITLE, voters, tuple(Found(bar.label, bar.share, voters) for bar in bars))


def _table(bars: Sequence[RankedBar]) -> Table:
    rows = tuple((bar.rank, bar.label, percent(bar.share)) for bar in bars)
    return Table((_("Rang"), _("Intitulé pour l'annonce"), _("Clics")), rows)


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """A click in every duel, mostly for the title that comes first in the list; then a guess."""
    order = {title.key: n for n, title in enumerate(titles_of(setting))}
    clicks = []
    for n, duel in enumerate(duels_of(setting)):
        first, second = sorted(duel, key=lambda title: order[title.key])
        choice = second if (nth + n) % 3 == 2 else first
        clicks.append({"slot": f"{SLOT}{n}", "choice": choice.key})
    return clicks


KIND = Kind(
    "titles",
    _("Duel d'intitulés"),
    TitlesOptions,
    accept,
    score,
    view,
    settle,
    example=example,
    worth=vote.WORTH,
    parts=(SETS,),
    refusals={"own_titles": _("Deux à quatre intitulés, tous différents.")},
    secret=frozenset({"bars", "shares", "top", "rank", "guessed_right"}),
)
