"""What kinds of round, their steps and reasons for points are called, in the reader's language."""

from typing import Protocol

from flask_babel import get_locale
from flask_babel import gettext as _

from game.base.languages import SOURCE
from game.context import current
from game.rules.person import fold
from game.rules.registry import kinds, worths
from game.rules.round_title import round_title


class Titled(Protocol):
    """A round as it is stored or shown."""

    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...


def reasons() -> dict[str, str]:
    """Why points were earned, by the ledger's reasons."""
    return {
        **{name: _(worth.label) for name, worth in worths().items()},
        "capped": _("au-delà de trois"),
        "settled": _("le bilan de la manche"),
    }


def kind_names() -> dict[str, str]:
    """The kinds of round, in words."""
    return {name: _(kind.title) for name, kind in kinds().items()}


def kind_name(kind: str) -> str:
    """A kind in words; what a round without a title of its own is called."""
    found = kinds().get(kind)
    return str(_(found.title) if found else _("Une manche"))


def title_of_round(one: Titled) -> str:
    """What a round is called."""
    return round_name(one.title, one.kind)


def is_its_question(one: Titled) -> bool:
    """Does the title of a round that is shown say what it asks? Then a screen says it once."""
    asked = getattr(getattr(one, "view", None), "question", "")
    return bool(asked) and fold(asked) == fold(title_of_round(one))


def round_name(title: str, kind: str) -> str:
    """What a round with this title, which may be empty, and of this kind is called."""
    locale = get_locale()
    return round_title(title, kind, current().pack(locale.language if locale else SOURCE))


def step_label(step: str, number: int = 0) -> str:
    """What the one big 'next' says it will do, to the round of this number where it is one's."""
    labels: dict[str, str] = {
        "lobby": _("Ouvrir l'accueil"),
        "briefing": _("Présenter la manche %(n)s", n=number),
        "open": _("Lancer la manche %(n)s", n=number),
        "close": _("Clore la manche %(n)s", n=number),
        "reveal": _("Révéler la manche %(n)s", n=number),
        "page": _("Page suivante"),
        "board": _("Montrer le classement"),
        "podium": _("Montrer le podium"),
        "end": _("Terminer l'atelier"),
    }
    return labels.get(step) or str(_("C'est fini"))
