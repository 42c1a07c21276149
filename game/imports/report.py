"""What came of an import, in words, for a terminal."""

from collections.abc import Iterator, Mapping

from game.base.speech import marked as _
from game.base.speech import speaker
from game.exports.columns import COLUMNS
from game.imports.pool_file import Outcome
from game.imports.rehearsal import Row

TEXTS = {
    "name_missing": _("il manque un nom"),
    "too_long": _("c'est trop long"),
    "too_many_cells": _("plus de cellules que de colonnes : quelque chose est décalé"),
    "torn_quotes": _("des guillemets ne se referment pas"),
    "mail_invalid": _("l'adresse ne semble pas juste"),
    "phone_invalid": _("le numéro ne semble pas juste"),
    "link_invalid": _("l'adresse web ne semble pas juste"),
    "date_invalid": _("ce n'est pas une date"),
    "yes_or_no": _("ni oui ni non"),
    "verdict_unknown": _("ce n'est pas un de nos avis"),
    "cut": _("trop long : la fin est coupée"),
    "only_first": _("plusieurs valeurs : la première est gardée"),
    "no_table": _(
        "Ce fichier n'est ni un tableau ni du texte : CSV, Excel ou vCard sont attendus."
    ),
    "file_too_large": _("Une fois déplié, ce classeur est trop grand : donnez-le en CSV."),
    "too_wide": _("Trop de colonnes : 500 au plus. Gardez celles qui servent."),
    "no_names": _("Aucune colonne de noms n'a été reconnue (Nom, Prénom, Nom complet, Name…)."),
}


def refusal(code: str, lang: str) -> str:
    """Why a whole file was not taken."""
    return speaker(lang)(TEXTS[code])


def faults(outcome: Outcome, lang: str) -> Iterator[str]:
    """A line for each line of the file that was not taken, or not wholly."""
    say = speaker(lang)
    for at, fields in outcome.refused.items():
        yield say(_("ligne %(at)s : refusée – %(why)s")) % {"at": at, "why": why(fields, lang)}
    for at, fields in outcome.mended.items():
        yield say(_("ligne %(at)s : prise, sauf – %(why)s")) % {"at": at, "why": why(fields, lang)}
    if outcome.unused:
        names = ", ".join(outcome.unused)
        yield say(_("Colonnes non utilisées : %(names)s")) % {"names": names}


TAKEN_BACK = _("Retirées : %(gone)d. Gardées, car on y a touché depuis : %(left)d.")
EXPECTED = {
    "new": _("ligne %(at)s : nouvelle"),
    "same": _("ligne %(at)s : la même que %(lead)s"),
    "likely": _("ligne %(at)s : nouvelle, peut-être la même que %(lead)s"),
    "refused": _("ligne %(at)s : refusée – %(why)s"),
}


def expected(row: Row, lang: str) -> str:
    """What would happen with a line."""
    said = why(row.faults, lang)
    return speaker(lang)(EXPECTED[row.state]) % {"at": row.at, "lead": row.lead, "why": said}


def summary(outcome: Outcome, lang: str) -> str:
    """The numbers, in one line."""
    said = _("Prises : %(taken)d. Déjà connues : %(known)d. Lignes refusées : %(refused)d.")
    return speaker(lang)(said) % {
        "taken": outcome.taken,
        "known": outcome.known,
        "refused": outcome.refusals,
    }


def why(fields: Mapping[str, str], lang: str) -> str:
    """What is wrong with a line, field by field."""
    say = speaker(lang)
    titles = {column.key: column.title for column in COLUMNS}
    return ", ".join(
        say(_("%(field)s : %(fault)s")) % {"field": say(titles[name]), "fault": say(TEXTS[code])}
        if name in titles
        else say(TEXTS[code])
        for name, code in fields.items()
    )
