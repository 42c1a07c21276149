"""Words as they may have been meant: a slip of one or two letters."""

from game.rules.slips import are_within

SHORTEST, LONG = 6, 8  # letters: of what is looked at with kindness, and what may have two slips


def halves(word: str) -> tuple[str, str] | None:
    """Two parts of a word of which one slip leaves one whole; None where a word is too short."""
    middle = len(word) // 2
    return (word[:middle], word[middle:]) if _is_kind_to(word) else None


def has_near(word: str, text: str) -> bool:
    """Is the word in the text, or one with so few slips: two letters changed places, one missing…

    `text` is folded, its words parted by spaces and bars.
    """
    if word in text:
        return True
    most = 2 if len(word) >= LONG else 1
    others = text.replace("|", " ").split() if _is_kind_to(word) else []
    return any(are_within(word, other, most) for other in others)


def _is_kind_to(word: str) -> bool:
    """Numbers and mail addresses are meant as they are."""
    return len(word) >= SHORTEST and word.isalpha()
