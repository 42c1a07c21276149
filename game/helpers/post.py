"""Understanding a post: passages that answer a question, and sentences that each cite one.

What is given are texts of a post – its brief, documents that somebody brought in – and nothing
about a person; what players typed is never among it. A sentence of a model stands only with a
quote that is in the passage it cites, sign by sign, and if it says nothing that is not there.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from pydantic import Field, ValidationError

from game.base.languages import ENGLISH_NAMES
from game.helpers.contract import Answer, Given, Task
from game.helpers.invented import invented
from game.helpers.links import without_links
from game.helpers.meaning import together
from game.helpers.quoted import quotes, stands_in
from game.helpers.ranked import best, ranked
from game.rules.stems import stems

LONGEST = 300  # characters of a question
SHOWN = 8  # passages of an answer; the first three are those to read
CITED = 3
FEWEST = 3  # words of a quote


class Piece(Given):
    """A passage that may be cited, by a number."""

    number: int
    text: str


class Question(Given):
    """What is asked of a post, and the passages that share most with it."""

    lang: str
    question: str = Field(max_length=LONGEST)
    passages: tuple[Piece, ...] = Field(max_length=SHOWN)


class Sentence(Answer):
    """A sentence, the passage that it is from, and the words there that say so."""

    text: str = Field(min_length=3, max_length=400)
    passage: int
    quote: str = Field(min_length=3, max_length=400)


class Explained(Answer):
    """An answer, sentence by sentence."""

    sentences: tuple[Sentence, ...] = Field(max_length=8)


def asked(question: str, texts: Sequence[str], lang: str) -> Question:
    """A question with the passages that share most with it, the nearest first."""
    places = best(question, texts, lang, SHOWN)
    pieces = tuple(Piece(number=place, text=texts[place]) for place in places)
    return Question(lang=lang, question=question[:300], passages=pieces)


def mark(text: str) -> str:
    """What a passage is known by where its text is not to be kept."""
    return sha256(text.encode()).hexdigest()[:16]


def order(question: str, texts: Sequence[str], lang: str, near: Mapping[str, float]) -> list[int]:
    """The places of the texts that share most with a question, the nearest first.

    `near` has how near each is in meaning, by its mark, where vectors said so: that changes their
    order alone, and not which they are. Where one of them is lacking, words alone decide.
    """
    found = best(question, texts, lang, SHOWN)
    marks = [mark(texts[n]) for n in found]
    if not found or not all(one in near for one in marks):
        return found
    shared = ranked(stems(question, lang), [stems(text, lang) for text in texts], lang)
    scores = together([shared[n] for n in found], [near[one] for one in marks])
    return [n for _score, n in sorted(zip(scores, found, strict=True), key=lambda one: -one[0])]


def by_rules(given: Question) -> Explained:
    """Of each of the first passages, as it stands, the sentence that shares most."""
    wanted = stems(given.question, given.lang)
    found = []
    for piece in given.passages[:CITED]:
        every = [one.text for one in quotes(piece.text)]
        scores = ranked(wanted, [stems(one, given.lang) for one in every], given.lang)
        said = every[max(range(len(every)), key=lambda n: (scores[n], -n))]
        found.append(Sentence(text=said, passage=piece.number, quote=said))
    return Explained(sentences=tuple(found))


def bare(answer: Explained, given: Question) -> tuple[Explained, int]:
    """The sentences without links that their passage does not have, and how many those were.

    One that is nothing without its link stays as it was, for `check` to cut.
    """
    texts = {piece.number: piece.text for piece in given.passages}
    taken, count = [], 0
    for one in answer.sentences:
        text, links = without_links(one.text, (texts.get(one.passage, ""), given.question))
        count += links
        try:
            taken.append(Sentence(text=text, passage=one.passage, quote=one.quote))
        except ValidationError:
            taken.append(one)
    return Explained(sentences=tuple(taken)), count


def check(answer: Explained, given: Question) -> Explained | None:
    """The sentences that cite a passage which says so; the others are cut."""
    texts = {piece.number: piece.text for piece in given.passages}
    kept = tuple(one for one in answer.sentences if _stands(one, texts, given))
    return Explained(sentences=kept) if kept else None


def _stands(one: Sentence, texts: dict[int, str], given: Question) -> bool:
    passage = texts.get(one.passage, "")
    if len(one.quote.split()) < FEWEST or not stands_in(one.quote, passage):
        return False
    shares = set(stems(one.text, given.lang)) & set(stems(one.quote, given.lang))
    return bool(shares) and not invented(one.text, (passage, given.question), given.lang)


def _prompt(given: Question) -> str:
    return (
        f"Answer the question in {ENGLISH_NAMES[given.lang]}, in one to five short sentences, from "
        "the passages alone. For each sentence give the number of the one passage that says it, "
        "and quote the words there, sign by sign. Where no passage answers, give no sentence."
    )


def _told(given: Question) -> dict[str, object]:
    return given.model_dump()


TASK: Task[Question, Explained] = Task("post", Explained, by_rules, _prompt, _told, check, bare)
