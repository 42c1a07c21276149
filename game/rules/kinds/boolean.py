"""`boolean` – Relais booléen: a search of AND, OR and NOT over invented profiles."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import other_words, typed
from game.rules.options import Options, option
from game.rules.other_words import WordTold
from game.rules.part import (
    Fault,
    Known,
    ManyOfBriefs,
    brief_title,
    items,
    keys,
    strange_brief,
    twice,
    unknown,
)
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally
from game.rules.scoring import by_player
from game.rules.search import WAYS, Profile, Query, QueryCount, Search, Term, fit, pasted
from game.rules.stored import Count, Stored
from game.rules.typed import TextCount
from game.rules.view import Table, View, percent
from game.rules.worth import Worth

SEARCH, TERM = "search", "term-"
KEPT = 20  # searches of a result
PAID = 4  # words of a player
BUILT = Worth("search_built", 2, _("une recherche construite"))
RIGHT = Worth("search_right", 12, _("recherche juste"))
SYNONYM = Worth("search_word", 1, _("un autre mot"))


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    yield from strange_brief(raw, known)
    terms = frozenset(keys(raw, "terms"))
    for n, profile in enumerate(items(raw, "profiles")):
        has = profile.get("has") if isinstance(profile, dict) else None
        for term in has if isinstance(has, list) else ():
            if unknown(term, terms):
                yield ("profiles", n, "has"), f"no term is called {term}"
    yield from twice(raw, "terms", "profiles")


SEARCHES = ManyOfBriefs("searches", Search, _look, shared=("has", "gold"), folder=True)


class BooleanOptions(Options):
    """Which words and profiles are searched."""

    search: str = option(
        "",
        _("Mots et profils"),
        part=SEARCHES,
        named=brief_title,
        empty=_("Ceux du poste"),
        at_once=True,
    )


class BooleanResult(Stored):
    """How many people built a search; the best ones, and other words, each under its term."""

    people: Count = 0
    searches: tuple[QueryCount, ...] = ()
    words: tuple[TextCount, ...] = ()


@dataclass(frozen=True)
class ProfileShown:
    """A profile without its answer: its words, and the keys of their terms."""

    title: str
    words: tuple[str, ...]
    has: tuple[str, ...]


@dataclass(frozen=True)
class ProfileTold(ProfileShown):
    """With its answer, and whether the room's best search finds it."""

    gold: str
    hit: bool


@dataclass(frozen=True)
class SearchTold:
    """A search as it is pasted, and how well it fits, in per cent."""

    text: str
    people: int
    found: int
    precision: int
    recall: int


@dataclass(frozen=True)
class BooleanTold:
    """The best searches, the profiles with their answers, and other words."""

    people: int
    searches: tuple[SearchTold, ...]
    profiles: tuple[ProfileTold, ...]
    words: tuple[WordTold, ...]


@dataclass(frozen=True, kw_only=True)
class BooleanView(View):
    """The terms and the profiles; at the reveal what fits."""

    terms: tuple[Term, ...]
    profiles: tuple[ProfileShown, ...]
    result: BooleanTold | None


def search_of(setting: Setting) -> Search:
    """The search of the round: the one named, else the brief's, else the first."""
    return SEARCHES.fitting(setting.pack, setting.chosen(BooleanOptions).search, setting.brief)


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A search built, or another word given or taken back. Raises Refusal."""
    terms = [term.key for term in search_of(setting).terms]
    if raw.get("slot") == SEARCH:
        return Accepted(SEARCH, _built(terms, raw))
    return other_words.accept(terms, own, raw)


def _built(terms: Sequence[str], raw: Json) -> dict[str, object]:
    """The way of each term, as the form has them: so it is shown again."""
    given = {TERM + term: raw.get(TERM + term, "") for term in terms}
    strange = {name: "invalid" for name, way in given.items() if way not in ("", *WAYS)}
    if strange:
        raise Refusal("bad_input", strange)
    if not any(way in ("all", "any") for way in given.values()):
        raise Refusal("bad_input", {"answer": "search_empty"})
    return {name: way for name, way in given.items() if way}


def query_of(terms: Sequence[Term], stored: Json) -> Query:
    """A search as it was kept; a term that has gone is left out."""
    by_way: dict[str, list[str]] = {way: [] for way in WAYS}
    for term in terms:
        way = stored.get(TERM + term.key)
        if isinstance(way, str) and way in by_way:
            by_way[way].append(term.key)
    return Query(**{way: tuple(found) for way, found in by_way.items()})


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for having built a search, and for other words; what it finds is told later."""
    built = [Entry(SEARCH, BUILT.name, setting.points.search_built) for s in own if _is_search(s)]
    words = [
        Entry(given.slot, SYNONYM.name, setting.points.search_word)
        for given, _word in other_words.given(own)[:PAID]
    ]
    return (*built, *words)


def _is_search(given: Standing) -> bool:
    return given.slot == SEARCH


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The best searches, other words, and points for how well each search fits."""
    search = search_of(setting)
    built = {s.player: query_of(search.terms, s.stored) for s in everyone if _is_search(s)}
    times = Counter(built.values())
    ranked = sorted(times, key=lambda q: (-fit(search, q).balance, -times[q], q.all, q.any, q.none))
    result = BooleanResult(
        people=len(built),
        searches=tuple(_counted(query, times[query]) for query in ranked[:KEPT]),
        words=other_words.counted(by_player(everyone)),
    )
    entries = {player: _earned(setting, search, query) for player, query in built.items()}
    return Settled(result.json_object(), {who: own for who, own in entries.items() if own})


def _counted(query: Query, people: int) -> QueryCount:
    return QueryCount(all=query.all, any=query.any, none=query.none, people=people)


def _earned(setting: Setting, search: Search, query: Query) -> tuple[Entry, ...]:
    amount = round(setting.points.search_right * fit(search, query).balance)
    return (Entry(SEARCH, RIGHT.name, amount),) if amount else ()


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> BooleanView:
    """The terms and the profiles; at the reveal the best searches and what they find."""
    search = search_of(setting)
    profiles = tuple(_shown(search, profile) for profile in search.profiles)
    if result is None:
        return BooleanView(terms=search.terms, profiles=profiles, result=None)
    kept = BooleanResult.of(result)
    words = other_words.told(setting, audience, search.terms, kept.words)
    return BooleanView(
        terms=search.terms,
        profiles=profiles,
        result=_told(setting, search, kept, words),
        texts=words if audience == "remote" else (),
        table=_table(search, kept) if audience == "desk" else None,
    )


def _shown(search: Search, profile: Profile) -> ProfileShown:
    labels = tuple(term.label for term in search.terms if term.key in profile.has)
    return ProfileShown(profile.title, labels, profile.has)


def _told(
    setting: Setting, search: Search, kept: BooleanResult, words: tuple[WordTold, ...]
) -> BooleanTold:
    best = kept.searches[0] if kept.searches else None
    profiles = tuple(
        ProfileTold(
            *(shown.title, shown.words, shown.has, profile.gold),
            best is not None and best.finds(profile.has),
        )
        for profile, shown in ((each, _shown(search, each)) for each in search.profiles)
    )
    seen = tuple(one for one in kept.words if typed.key_of(one.text) not in setting.hidden)
    searches = tuple(_search_told(search, query, seen) for query in kept.searches[:3])
    return BooleanTold(kept.people, searches, profiles, words)


def _search_told(search: Search, query: QueryCount, words: Sequence[TextCount]) -> SearchTold:
    fits = fit(search, query)
    text = pasted(search.terms, query, other_words.by_term(words))
    return SearchTold(text, query.people, fits.found, fits.precision, fits.recall)


def _table(search: Search, kept: BooleanResult) -> Table:
    """The searches to paste, then every other word, the term it stands for before it."""
    labels = {term.key: term.label for term in search.terms}
    told = [_search_told(search, query, kept.words) for query in kept.searches]
    rows = [(s.text, percent(s.precision), percent(s.recall), s.people) for s in told]
    words = [
        (f"{labels[one.about]} = {one.text}", "–", "–", one.people)
        for one in kept.words
        if one.about in labels
    ]
    columns = (_("Recherche à coller, ou autre mot"), _("Précision"), _("Couverture"))
    return Table((*columns, _("Personnes")), (*rows, *words))


def pages(_setting: Setting, _result: Json) -> int:
    """The best searches, then the profiles with their answers."""
    return 2


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """The first terms, in one way or another; and the other words of the content."""
    terms = search_of(setting).terms
    ways = (("all", "any", "any"), ("all", "any", "none"), ("any", "any", ""))[nth % 3]
    chosen = {TERM + term.key: way for term, way in zip(terms, ways, strict=False) if way}
    term = terms[nth // 2 % len(terms)]
    words = [
        {"slot": f"word:example{n}", "term": term.key, "text": text}
        for n, text in enumerate(term.others[:1])
    ]
    return [{"slot": SEARCH, **chosen}, *words]


KIND = Kind(
    "boolean",
    _("Relais booléen"),
    BooleanOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(BUILT, RIGHT, SYNONYM),
    parts=(SEARCHES,),
    refusals={"search_empty": _("Choisis au moins un mot à trouver : ET, ou bien OU.")},
    secret=frozenset({"gold", "hit", "precision", "recall", "searches"}),
)
