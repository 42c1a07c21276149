"""Short texts that players typed: merged kindly, shown to a room under the facilitator's eye."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from game.rules.person import fold, squeeze
from game.rules.round import Setting
from game.rules.slips import are_within
from game.rules.stored import Count, Stored
from game.rules.view import TypedText

SEVERAL = 2  # people from whom on a room is shown a text: one alone may have typed somebody's name
SLIP = 6  # letters from which a word may hold a slip of the keyboard
MOST = 300  # texts that a result keeps
ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "des", "the", "a", "an"])


def _without_places(words: str) -> str:
    """One line, in which nothing passes for a place of a message's."""
    return squeeze(words.replace("{", "(").replace("}", ")"))


OwnWords = Annotated[str, AfterValidator(_without_places)]  # for a message, as somebody typed them


class Typed(NamedTuple):
    """What a player typed, under the key of what it is about."""

    player: str
    about: str
    text: str


class TextCount(Stored):
    """How many people typed a text, in the spelling of most of them, and under which key."""

    about: str = ""
    text: str
    people: Count


def key_of(text: str) -> str:
    """What a typed text is called, however it is spelled: to hide it, without repeating it."""
    return "text-" + sha256(fold(text).encode()).hexdigest()[:12]


def spelled(texts: Iterable[str]) -> dict[str, str]:
    """For each of these texts the spelling under which it counts.

    Case, accents, signs, spaces, a leading article and one slip of the keyboard make no other
    text; a number does. The spelling that was typed most is taken, of equals the longest.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text, times in Counter(texts).items():
        spellings[_bare(text)][text] += times
    often = sorted(spellings, key=lambda bare: (-spellings[bare].total(), -len(bare), bare))
    head_of = _heads(often)
    best = {
        bare: min(known, key=lambda t: (-known[t], -len(t), t)) for bare, known in spellings.items()
    }
    return {text: best[head_of[bare]] for bare, known in spellings.items() for text in known}


def _bare(text: str) -> str:
    """The text as compared."""
    words = fold(text.replace("’", " ").replace("'", " ")).split()
    kept = words[1:] if len(words) > 1 and words[0] in ARTICLES else words
    return "".join(kept) or text


def _heads(often: Sequence[str]) -> dict[str, str]:
    """For each text, the first of them that it is, but for a slip.

    Two texts that are a slip apart have something in common once a letter of each is left out: so
    few are compared.
    """
    heads: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    place = {bare: n for n, bare in enumerate(often)}
    for bare in often:
        near = {head for part in _parts(bare) for head in heads[part] if _is_slip(head, bare)}
        found[bare] = min(near, key=place.__getitem__) if near else bare
        if not near:
            for part in _parts(bare):
                heads[part].append(bare)
    return found


def _parts(bare: str) -> set[str]:
    if len(bare) < SLIP:
        return {bare}
    return {bare, *(bare[:n] + bare[n + 1 :] for n in range(len(bare)))}


def _is_slip(one: str, other: str) -> bool:
    """Numbers are no slips, nor is anything in a short word."""
    if min(len(one), len(other)) < SLIP or _digits(one) != _digits(other):
        return one == other
    return are_within(one, other, 1)


def _digits(bare: str) -> str:
    return "".join(filter(str.isdigit, bare))


def counted(typed: Iterable[Typed]) -> tuple[TextCount, ...]:
    """How many people typed each text, the most typed first; texts merge under one key only."""
    by_about: dict[str, list[Typed]] = defaultdict(list)
    for one in typed:
        by_about[one.about].append(one)
    found = [count for about, own in by_about.items() for count in _counted(about, own)]
    return tuple(sorted(found, key=lambda one: (-one.people, one.about, one.text))[:MOST])


def _counted(about: str, own: Sequence[Typed]) -> list[TextCount]:
    as_counted = spelled(one.text for one in own)
    people: dict[str, set[str]] = defaultdict(set)
    for one in own:
        people[as_counted[one.text]].add(one.player)
    return [
        TextCount(about=about, text=text, people=len(players)) for text, players in people.items()
    ]


def told(setting: Setting, audience: str, found: Iterable[TextCount]) -> tuple[TypedText, ...]:
    """The texts of a result that an audience may see: those that several people typed.

    Hidden ones are for the remote alone. The desk reads the result itself.
    """
    texts = (shown(setting.hidden, one) for one in found if one.people >= SEVERAL)
    return tuple(text for text in texts if audience == "remote" or not text.hidden)


def shown(hidden: Collection[str], one: TextCount) -> TypedText:
    """A text as the remote lists it."""
    key = key_of(one.text)
    return TypedText(key, one.text, one.people, key in hidden)


def most(texts: Iterable[TypedText]) -> int:
    """How often the most typed one was, 1 at least: what the others' sizes are measured by."""
    return max((text.count for text in texts), default=1)


def by_about(found: Iterable[TextCount]) -> Mapping[str, tuple[TextCount, ...]]:
    """The texts under each key, in their order."""
    kept: dict[str, list[TextCount]] = defaultdict(list)
    for one in found:
        kept[one.about].append(one)
    return {about: tuple(own) for about, own in kept.items()}


def with_room_s(words: str, found: Iterable[TextCount]) -> str:
    """Words, then those of the room, to choose from."""
    return "\n\n".join((words, *(f"– {one.text}" for one in found)))
