"""What came of a spreadsheet of content, in words, cell by cell."""

from collections.abc import Iterator

from game.base.speech import marked as _
from game.base.speech import speaker
from game.content.heading_words import heading
from game.content.reason_words import reason_in
from game.imports.content_pack import Taken
from game.imports.content_sheets import Fault

REFUSALS = {
    "file_too_large": _("Une fois déplié, ce classeur est trop grand : donnez-le en CSV."),
    "no_table": _("Ce fichier n'est pas un tableau : Excel, LibreOffice ou CSV sont attendus."),
    "no_content": _(
        "Aucune feuille n'a de colonnes connues : exportez d'abord, pour avoir un modèle."
    ),
}
REFUSED = _("Rien n'a été changé. Erreurs : %(count)d.")
TAKEN = _("Fichiers changés : %(count)d. Redémarrez le serveur pour jouer avec.")
WOULD = _("Tout est juste. Fichiers à changer : %(count)d.")


def said(fault: Fault, lang: str) -> str:
    """A fault with its place: `briefs B7: …`, the sheet's name first."""
    place = " ".join(part for part in (fault.sheet, fault.cell) if part)
    if fault.values is None:
        return f"{place}: {reason_in(fault.said, lang)}"
    values = dict(fault.values)
    if "column" in values:
        values["name"] = heading(str(values["column"]), lang)
    return f"{place}: {speaker(lang)(fault.said) % values}"


def lines(taken: Taken, lang: str) -> Iterator[str]:
    """A line for each fault, and for each thing that the other languages lack now."""
    yield from (said(fault, lang) for fault in taken.faults)
    for note in taken.notes:
        yield f"({note.file}: {note.key}: {reason_in(note.reason, lang)})"


def summary(taken: Taken, lang: str, *, dry: bool) -> str:
    """The last line."""
    if taken.faults:
        return speaker(lang)(REFUSED) % {"count": len(taken.faults)}
    return speaker(lang)(WOULD if dry else TAKEN) % {"count": len(taken.changed)}
