"""Messages: from a card, an occasion and a tone, three drafts that say nothing else.

The card has no name, no contact, no verdict and no note, nor what a colleague wrote of the person.
Names are places in the text – `{first_name}`, `{recruiter}`, `{colleague}` – filled in afterwards.
A model rephrases the middle of a draft; greeting, notice and ending are always ours.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from pydantic import Field, ValidationError

from game.base.languages import ENGLISH_NAMES
from game.helpers.contract import Answer, Given, Task
from game.helpers.invented import invented
from game.helpers.links import without_links, without_links_in_name
from game.helpers.phrases import Fact, first_fitting, places

OCCASIONS = ("first", "callback", "invitation", "content", "thanks")
TONES = ("warm", "plain", "formal")
SHAPES = ("a", "b", "c")
Occasion = Literal["first", "callback", "invitation", "content", "thanks"]
Tone = Literal["warm", "plain", "formal"]
KIND_OF = {  # the touchpoint that a message makes
    "first": "message",
    "callback": "callback",
    "invitation": "invitation",
    "content": "article",
    "thanks": "message",
}
PLACES = frozenset(("first_name", "recruiter", "colleague", "page", "notice"))


class Card(Given):
    """What a message may know.

    `tie` is how the colleague knows the person where they let their name be told (`named`), else
    empty; `family` the sort of channel. `told` says whether the person has had the notice.
    """

    lang: str
    occasion: Occasion
    tone: Tone
    tie: str = ""
    family: str = ""
    named: bool = False
    told: bool = False
    role: str = ""
    company: str = ""
    skills: tuple[str, ...] = ()
    position: str = ""
    place: str = ""
    pay: str = ""


class Text(Answer):
    """One draft: without greeting, notice and ending."""

    subject: str = Field(min_length=3, max_length=120)
    body: str = Field(min_length=20, max_length=2000)


class Drafts(Answer):
    """Up to three drafts."""

    drafts: tuple[Text, ...] = Field(min_length=1, max_length=3)


def task(phrases: Mapping[str, str]) -> Task[Card, Drafts]:
    """The helper, with a language's phrases by key."""
    rules: Callable[[Card], Drafts] = lambda card: by_rules(card, phrases)  # noqa: E731
    return Task(
        "message",
        Drafts,
        rules,
        _prompt,
        lambda card: {**card.model_dump(exclude=NOT_TOLD), "drafts": _plain(rules(card))},
        lambda answer, card: check(answer, card, rules(card)),
        lambda answer, card: bare(answer, card, rules(card)),
    )


NOT_TOLD = {"told", "named"}  # which a model has no need to know


def _plain(drafts: Drafts) -> list[dict[str, str]]:
    return [draft.model_dump() for draft in drafts.drafts]


def _known(card: Card) -> dict[str, str]:
    """The places that a card fills; names stay places."""
    facts = {
        "role": card.role,
        "company": card.company,
        "skill": card.skills[0] if card.skills else "",
        "position": card.position,
        "place": card.place,
        "pay": card.pay,
    }
    return {**facts, **{name: f"{{{name}}}" for name in ("first_name", "recruiter", "colleague")}}


def by_rules(card: Card, phrases: Mapping[str, str]) -> Drafts:
    """Three drafts of different shapes, of the phrases that fit what is known."""
    return Drafts(drafts=tuple(_draft(card, phrases, shape) for shape in SHAPES))


def _draft(card: Card, phrases: Mapping[str, str], shape: str) -> Text:
    known = _known(card)

    def say(*keys: str) -> str:
        return first_fitting((phrases[key] for key in keys if key in phrases), known)

    parts = (
        _opening(card, say) if card.occasion == "first" else "",
        say(*(f"{card.occasion}-{shape}{more}" for more in ("-full", "-most", "-some", ""))),
        say(f"{card.occasion}-ask-{card.tone}", f"{card.occasion}-ask"),
    )
    subject = say(f"{card.occasion}-subject-{shape}", f"{card.occasion}-subject")
    return Text(subject=subject, body="\n\n".join(filter(None, parts)))


def _opening(card: Card, say: Callable[..., str]) -> str:
    """Where we have the person from: the colleague only with their yes."""
    if card.named and card.tie:
        return say(f"named-{card.tie}", "named")
    return say(f"from-{card.family}", "from")


def whole(text: Text, card: Card, phrases: Mapping[str, str], *, aided: bool) -> str:
    """The body that is sent: greeting, the draft, the way out, the notice, the ending.

    `aided` says that a model wrote with us, and the message says so.
    """
    first = card.occasion == "first"
    notice = "" if not first else "notice-told" if card.told else "notice-whole"
    keys = (
        f"hello-{card.tone}",
        "",
        "" if card.occasion == "thanks" else "way-out",
        notice,
        f"bye-{card.tone}",
        "aided" if aided else "",
    )
    parts = [phrases.get(key, "") if key else "" for key in keys]
    parts[1] = text.body
    return "\n\n".join(filter(None, parts))


def bare(answer: Drafts, card: Card, rules: Drafts) -> tuple[Drafts, int]:
    """The drafts without links that are not ours, and how many those were.

    One of which too little is left stays as it was, for `check` to set aside.
    """
    known, taken, count = _known_texts(card, rules), [], 0
    for one in answer.drafts:
        subject, here = without_links_in_name(one.subject)
        body, there = without_links(one.body, known)
        count += here + there
        try:
            taken.append(Text(subject=subject, body=body))
        except ValidationError:
            taken.append(one)
    return Drafts(drafts=tuple(taken)), count


def check(answer: Drafts, card: Card, rules: Drafts) -> Drafts | None:
    """The drafts that say nothing that is not on the card or in the rules' own."""
    sound = tuple(one for one in answer.drafts if not faults(one, card, rules))
    return Drafts(drafts=sound) if sound else None


def faults(draft: Text, card: Card, rules: Drafts) -> tuple[str, ...]:
    """What a draft says that it may not, as it is written there.

    Only what the house wrote vouches for numbers and claims; the person's own fields vouch for
    their words: an order that hides in one is not obeyed.
    """
    text = f"{draft.subject}\n{draft.body}"
    allowed = set().union(*(places(one.body) for one in rules.drafts)) - {"first_name"}
    strange = [f"{{{name}}}" for name in sorted(places(text) - allowed)]
    braces = [one for one in ("{", "}") if text.count(one) != len(places(text))]
    return (*strange, *braces, *invented(text, _known_texts(card, rules), card.lang))


def _known_texts(card: Card, rules: Drafts) -> list[str]:
    """What vouches for a draft: what the house wrote, and words of the person's own fields."""
    house = (card.position, card.place, card.pay)
    own = (card.role, card.company, *card.skills)
    ours = [one for draft in rules.drafts for one in (draft.subject, draft.body)]
    for value in filter(None, own):  # a rules' draft repeats these: they vouch once, as the card's
        ours = [one.replace(value, " ") for one in ours]
    return [*house, *ours, *(_plain_words(one) for one in own)]


def _plain_words(value: str) -> str:
    """A field of the person, without what could pass for an address or a number of ours."""
    return " ".join(w for w in value.split() if not any(c.isdigit() or c in "@:/" for c in w))[:80]


def _prompt(card: Card) -> str:
    spoken = ENGLISH_NAMES[card.lang] + (", with « vous »" if card.lang == "fr" else "")
    return (
        f"You help a recruiter write in {spoken}. Rephrase each of the drafts so that it reads "
        f"naturally and {TONE_WORDS[card.tone]}. Add no fact, number, name, promise or compliment "
        "that is not there; leave places in braces like {colleague} as they are; write neither a "
        "greeting nor a closing. Answer with as many drafts as you were given."
    )


TONE_WORDS: Mapping[str, str] = {
    "warm": "warmly",
    "plain": "soberly",
    "formal": "formally",
}


def told_fields() -> frozenset[str]:
    """The fields that a model may be told; nothing else ever is."""
    return frozenset(Card.model_fields) - NOT_TOLD | {"drafts"}


def facts_of(card: Card) -> dict[str, Fact]:
    """The card's facts by place, with where each is from."""
    known = _known(card)
    where = {"position": "brief", "place": "brief", "pay": "brief"}
    return {
        name: Fact(value, where.get(name, "card"))
        for name, value in known.items()
        if value and not value.startswith("{")
    }
