"""Why something in a pack is wrong, in the reader's language.

The check says it in English, as the files are; what no sentence below fits stays in English. Of two
sentences that fit, the first is said.
"""

import re
from functools import cache

from game.base.speech import marked as _
from game.base.speech import speaker

FIELD = re.compile(r"\\{(\w+)\\}")
SAID = {
    "is missing": _("il manque quelque chose ici"),
    "nobody expects this key": _("personne n'attend cela ici"),
    "is empty": _("c'est vide"),
    "is too long: {most} characters at most": _("c'est trop long : {most} signes au plus"),
    "small letters without accents, digits, - and _ only, 40 at most": _(
        "seulement des minuscules sans accent, des chiffres, - et _, 40 signes au plus"
    ),
    "must be {expected}": _("il faut {expected}"),
    "must be {least} or more": _("il faut {least} ou plus"),
    "must be {most} or less": _("il faut {most} ou moins"),
    "has too few items: {least} at least": _("il n'y en a pas assez : {least} au moins"),
    "has too many items: {most} at most": _("il y en a trop : {most} au plus"),
    "a whole number is expected": _("un nombre entier est attendu"),
    "true or false is expected": _("oui ou non est attendu"),
    "keys with values are expected here": _("écrivez une clé, deux-points, et le texte"),
    "this key is there twice": _("cette clé est là deux fois"),
    "another item has this key": _("cette clé est déjà prise par une autre ligne"),
    "no brief is called {name}": _("aucun poste ne s'appelle {name}"),
    "no channel is called {name}": _("aucun canal ne s'appelle {name}"),
    "no option is called {name}": _("aucune réponse ne s'appelle {name}"),
    "the deck has no criterion {name}": _("ces profils n'ont pas de critère {name}"),
    "nothing there is called {name}": _("rien ne s'y appelle {name}"),
    "{least} cards at least are wanted, {there} are there": _(
        "il faut {least} profils au moins, et {there} y sont"
    ),
    "{least} trades are wanted, {there} are there": _(
        "il faut {least} familles de métiers, et {there} y sont"
    ),
    "{least} at least are wanted, {there} are there": _(
        "il en faut {least} au moins, et {there} y sont"
    ),
    "no prompt has the cue {name}": _("aucune relance n'ouvre le tiroir {name}"),
    "the {lang} pack has no such key": _("l'autre langue ({lang}) n'a pas cette clé"),
    "is not the same in the {lang} pack": _("ce n'est pas pareil dans l'autre langue ({lang})"),
}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(FIELD.sub(r"(?P<\1>.+)", re.escape(said))), said) for said in SAID]


def reason_in(reason: str, lang: str) -> str:
    """The reason as this language's readers have it."""
    if lang == "en":
        return reason
    for pattern, said in _patterns():
        if fits := pattern.fullmatch(reason):
            return speaker(lang)(SAID[said]).format(**fits.groupdict())
    return reason
