"""One made-up player of the preview, as their own phone is told of them: a `me` message."""

from collections import Counter
from collections.abc import Mapping, Sequence

from game.base.json_object import Json
from game.base.languages import SOURCE
from game.rules import more
from game.rules.facts import LeadRecommended
from game.rules.pack import Pack
from game.rules.round import Entry, Kind, Setting, earned, settled_by
from game.screens.data import TeamShown
from game.web.prepare import made_up

NTH = 3  # of the room: neither first nor last on the board
PEOPLE = {
    "fr": ("Solenn Kerguelen", "Malo Trégastel", "Enora Le Guirriec"),
    "en": ("Tamsin Fairweather", "Rory Penhallow", "Morgan Ashdown"),
}


def nickname(pack: Pack) -> str:
    """What they are called, which is one of the made-up room."""
    return made_up.names(pack)[NTH]


def numbers(pack: Pack, teams: Sequence[TeamShown]) -> dict[str, object]:
    """Points, place and team, as the made-up board has them."""
    board = made_up.board(pack, teams)
    row, above = board.rows[NTH], board.rows[NTH - 1]
    team = teams[NTH % len(teams)] if teams else None
    ranks = {one.name: one.rank for one in board.teams}
    return {
        "nickname": row.nickname,
        "points": row.points,
        "rank": row.rank,
        "of": made_up.PLAYERS,
        "gap": above.points - row.points,
        "team": {"name": team.name, "shape": team.shape} if team else None,
        "team_rank": ranks[team.name] if team else 0,
        "teams": len(teams),
    }


def answers(kind: Kind, where: Setting, phase: str, lang: str) -> dict[str, object]:
    """What they said in a round in this phase, what it brought, and whom they had named before."""
    if phase == "briefing":
        return {}
    raws = [_named(kind, raw, lang) for raw in kind.example(where, NTH)]
    is_over = phase in ("closed", "revealed")
    said = raws if is_over or LeadRecommended in kind.facts else raws[: len(raws) // 3]
    return {
        "standing": {str(raw["slot"]): raw for raw in said},
        "gained": _gained(kind, where, is_told=phase == "revealed") if is_over else [],
        "before": _before(where, lang) if kind.looks_back else None,
    }


def _people(lang: str) -> Sequence[str]:
    return PEOPLE.get(lang, PEOPLE[SOURCE])


def _named(kind: Kind, raw: Json, lang: str) -> Json:
    return {**raw, "name": _people(lang)[0]} if LeadRecommended in kind.facts else raw


def _before(where: Setting, lang: str) -> list[Mapping[str, object]]:
    leads = more.enrichable(where.before)
    return [
        {"slot": slot, "name": name, "filled": more.filled(lead)}
        for (slot, (_before, lead)), name in zip(leads.items(), _people(lang), strict=False)
    ]


def _gained(kind: Kind, where: Setting, *, is_told: bool) -> list[dict[str, object]]:
    """By reason; what the settlement adds is told at the reveal, in one sum where leads are."""
    everyone = made_up.standings(kind, where)
    own = [given for given in everyone if given.player == str(NTH)]
    settled: Sequence[Entry] = settled_by(kind, where, everyone).entries.get(str(NTH), ())
    lines = [(entry.reason, entry.amount) for entry in earned(kind, where, own)]
    if is_told:
        lines += [("settled" if kind.one_sum else one.reason, one.amount) for one in settled]
    times, sums = Counter(reason for reason, _ in lines), Counter[str]()
    for reason, amount in lines:
        sums[reason] += amount
    told = [(r, s) for r, s in sums.most_common() if s]
    return [{"reason": r, "amount": s, "times": 1 if r == "settled" else times[r]} for r, s in told]
