"""First and last name of a name that was typed in one field."""

_PARTICLES = (
    "de du des d' la le van von der den ter da dos di del della el al ben bin ibn saint mac o'"
)
PARTICLES = frozenset(_PARTICLES.split())
LEADING = frozenset(("de", "du", "des", "van", "von"))  # 'De La Tour Jean' is put last name first


def first_and_last(name: str) -> tuple[str, str]:
    """(first name, last name); the whole is the last name where there is but one word.

    'Nora BLANC', 'BLANC Nora' and 'Blanc, Nora' tell by themselves; else a particle begins the
    last name, or it is the last word.
    """
    last, comma, first = name.partition(",")
    if comma and last.strip() and first.strip():
        return first.strip(), last.strip()
    words = name.split()
    if len(words) < 2:
        return "", name.strip()
    return _by_capitals(words) or _last_name_first(words) or _by_particle(words)


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    """One of them stands in capitals, at the beginning or at the end, and the rest does not."""
    loud = [len(word) > 1 and word.isupper() for word in words]
    if all(loud) or not any(len(w) > 2 for w, is_loud in zip(words, loud, strict=True) if is_loud):
        return None
    first = " ".join(w for w, is_loud in zip(words, loud, strict=True) if not is_loud)
    last = " ".join(w for w, is_loud in zip(words, loud, strict=True) if is_loud)
    whole = " ".join(words)
    return (first, last) if whole in (f"{first} {last}", f"{last} {first}") else None


def _last_name_first(words: list[str]) -> tuple[str, str] | None:
    if words[0].lower() not in LEADING:
        return None
    end = next((n for n, word in enumerate(words) if word.lower() not in PARTICLES), len(words))
    return (" ".join(words[end + 1 :]), " ".join(words[: end + 1])) if end else None


def _by_particle(words: list[str]) -> tuple[str, str]:
    marks = (n for n, word in enumerate(words) if n and word.lower() in PARTICLES)
    at = min(next(marks, len(words) - 1), len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])
