"""`titles` – Duel d'intitulés: two job titles, which would you click; then predict the room."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from pydantic import Field, field_validator

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import vote
from game.rules.options import Options, option
from game.rules.pack import Choice, Item, Key, Pack
from game.rules.part import Fault, Known, Many, twice, unknown
from game.rules.person import squeeze
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally

SLOT = "duel:"
FEWEST, MOST = 2, 4  # titles: with four, there are six duels


class TitleSet(Item):
    """Titles under which one and the same job may be advertised."""

    key: Key
    brief: Key
    titles: tuple[Choice, ...] = Field(min_length=FEWEST, max_length=MOST)


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    brief = raw.get("brief")
    if unknown(brief, known["briefs"]):
        yield ("brief",), f"no brief is called {brief}"
    yield from twice(raw, "titles")


def _named(titles: TitleSet, _pack: Pack) -> str:
    return " / ".join(title.label for title in titles.titles)


SETS = Many("titles", TitleSet, _look)


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


def titles_of(setting: Setting) -> tuple[Choice, ...]:
    """The titles of the round: one's own, else those named, else the brief's, else the first."""
    sets = SETS.of(setting.pack)
    brief = setting.brief.key if setting.brief else ""
    named = [one for one in sets if one.key == setting.options.titles]
    fitting = [one for one in sets if one.brief == brief]
    return own_titles(setting.options.own) or [*named, *fitting, *sets][0].titles


def duels_of(setting: Setting) -> tuple[tuple[Choice, Choice], ...]:
    """Every pair of titles once; who stands first changes from one to the next."""
    pairs = combinations(titles_of(setting), 2)
    return tuple((a, b) if n % 2 == 0 else (b, a) for n, (a, b) in enumerate(pairs))


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Mapping[str, object]) -> Accepted:
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


def shares(setting: Setting, everyone: Sequence[Standing]) -> dict[str, int]:
    """How often each title was clicked where it could be, in per cent; none that never met."""
    won: Counter[str] = Counter()
    met: Counter[str] = Counter()
    duels = duels_of(setting)
    for click in _clicks(setting, everyone):
        won[click.stored["choice"]] += 1
        met.update(title.key for title in duels[int(click.slot.removeprefix(SLOT))])
    return {key: round(100 * won[key] / n) for key, n in met.items()}


def _by_player(everyone: Sequence[Standing]) -> list[list[Standing]]:
    own: dict[str, list[Standing]] = {}
    for given in everyone:
        own.setdefault(given.player, []).append(given)
    return list(own.values())


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The titles' shares of clicks, and points for those who saw the favourite coming.

    Only who has clicked in every duel is rewarded for a guess.
    """
    share_of = shares(setting, everyone)
    top = vote.tops(share_of)
    fought = [given for own in _by_player(everyone) if _fought(setting, own) for given in own]
    entries = vote.guesses(setting, fought, share_of, top)
    voters = len({click.player for click in _clicks(setting, everyone)})
    secret = voters < vote.BARS_FROM
    told = {"shares": None} if secret else {"shares": share_of, "top": top}
    return Settled({"voters": voters, "guessed_right": len(entries), **told}, entries)


def _ranked(setting: Setting, result: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The titles from the most clicked; equals share their rank. None while clicks stay secret."""
    share_of = result.get("shares")
    if not share_of:
        return None
    bars = [
        {"key": t.key, "label": t.label, "share": share_of.get(t.key, 0)}
        for t in titles_of(setting)
    ]
    bars.sort(key=lambda bar: -bar["share"])
    for bar in bars:
        bar["rank"] = 1 + sum(other["share"] > bar["share"] for other in bars)
        bar["top"] = bar["rank"] == 1
    return bars


def view(
    setting: Setting, audience: str, result: Mapping[str, object] | None, _tally: Tally | None
) -> dict[str, object]:
    """The duels, and the titles to predict the favourite among; at the reveal their ranking."""
    titles = [t.shown() for t in titles_of(setting)]
    shown: dict[str, object] = {
        "options": titles,
        "duels": [[t.shown() for t in duel] for duel in duels_of(setting)],
        "result": None,
    }
    if result is not None:
        bars = _ranked(setting, result)
        shown["result"] = vote.told(result, bars)
        if audience == "desk" and bars:
            rows = [[bar["rank"], bar["label"], f"{bar['share']} %"] for bar in bars]
            columns = [_("Rang"), _("Intitulé pour l'annonce"), _("Clics")]
            shown["table"] = {"columns": columns, "rows": rows}
    return shown


def example(setting: Setting, nth: int) -> Sequence[Mapping[str, object]]:
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
