"""Several short texts in one cell, and back: skills, reasons."""

from collections.abc import Sequence

SEPARATORS = (("\n", "\n"), (";", "; "), (",", ", "))  # the strongest first: (read as, written as)


def split(text: str) -> list[str]:
    """The texts in a cell: line by line, else by semicolons, else by commas."""
    mark = next((mark for mark, _written in SEPARATORS if mark in text), ",")
    return [part for part in (" ".join(piece.split()) for piece in text.split(mark)) if part]


def joined(texts: Sequence[str]) -> str:
    """The texts in one cell, by the lightest separator that `split` reads back as they are."""
    for mark, written in reversed(SEPARATORS):
        for cell in (written.join(texts), f"{written.join(texts)}{mark}"):
            if split(cell) == list(texts):
                return cell
    return "\n".join(texts)
