"""The report of an hour: the same sections as a page, a PDF and a workbook. Nobody's name."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from babel.numbers import format_decimal, format_percent

from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.base.text import printable
from game.exports.paper_pdf import pdf
from game.privacy.papers import Part, Written
from game.rules.prompt_lab import Tried, finding
from game.rules.yields import A_MINUTE, Yielded
from game.workshop.hour import Hour, RoundHour

Cell = str | int
Say = Callable[[str], str]
TITLE = _("Le bilan de l'heure")
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet
FIGURES = (
    (_("Personnes dans la salle"), "players"),
    (_("Ont répondu au moins une fois"), "took_part"),
    (_("Pistes"), "leads"),
    (_("Recommandations"), "named"),
    (_("Pistes joignables"), "reachable"),
    (_("Minutes, de la première manche à la fin"), "minutes"),
    (_("Minutes prévues"), "planned"),
)


@dataclass(frozen=True)
class Section:
    """A part of the report: lines of text, or a table."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def sections(hour: Hour, lang: str) -> list[Section]:
    """The report in a language; what there is nothing to say of is left out."""
    spoken = speaker(lang)

    def say(text: str) -> str:
        return typeset(spoken(text), lang)

    found = [
        _figures(hour, say),
        Section(say(_("Ce qui a marché")), tuple(_worked(hour, say))),
        Section(say(_("Et maintenant")), tuple(_next(hour, say))),
        _rounds(hour, say),
        _prompts(hour, say, lang),
        *_lab(hour, say, lang),
        _families(hour, say),
        _briefs(hour, say),
    ]
    return [one for one in found if one.lines or one.rows]


def _figures(hour: Hour, say: Say) -> Section:
    rows = tuple((say(label), int(getattr(hour, name))) for label, name in FIGURES)
    return Section(say(_("En chiffres")), (), (say(_("Quoi")), say(_("Combien"))), rows)


def _name(row: RoundHour, say: Say) -> str:
    return say(_("Après l'atelier")) if row.after else row.title


def _worked(hour: Hour, say: Say) -> list[str]:
    lines = []
    best = max(hour.rounds, key=lambda row: row.leads, default=None)
    if best and best.leads:
        told = {"name": _name(best, say), "n": best.leads, "minutes": max(1, round(best.ran / 60))}
        lines.append(
            say(_("« %(name)s » a donné le plus de pistes : %(n)s en %(minutes)s min.")) % told
        )
    if hour.prompts and hour.prompts[0].leads:
        top = {"name": hour.prompts[0].name}
        lines.append(say(_("La relance qui a le mieux donné : %(name)s")) % top)
    beyond = [(label, n) for label, n, linkedin in hour.families if not linkedin]
    if beyond:
        told = {"name": beyond[0][0], "n": beyond[0][1]}
        lines.append(
            say(_("Le premier canal hors LinkedIn : %(name)s (%(n)s recommandations).")) % told
        )
    if hour.players:
        share = {"n": round(100 * hour.took_part / hour.players)}
        lines.append(say(_("%(n)s %% de la salle a répondu au moins une fois.")) % share)
    return lines


def _next(hour: Hour, say: Say) -> list[str]:
    """What to do now, the most pressing first."""
    lines = []
    for n, text in (
        (hour.to_inform, _("À informer cette semaine que leurs données sont là : %(n)s.")),
        (hour.to_judge, _("Pistes qui attendent un avis, promis en 72 heures : %(n)s.")),
        (
            hour.leads - hour.reachable,
            _("Sans moyen de les joindre : %(n)s. Demandez-le à qui les a recommandées."),
        ),
    ):
        if n > 0:
            lines.append(say(text) % {"n": n})
    for brief, n in hour.briefs:
        if not n:
            told = {"name": brief}
            lines.append(
                say(_("Aucune piste pour « %(name)s » : rejouez ce poste, avec d'autres relances."))
                % told
            )
    dry = [one.name for one in hour.prompts if not one.leads]
    if dry:
        lines.append(say(_("Relances sans piste, à remplacer : %(n)s.")) % {"n": len(dry)})
    long = [row for row in hour.rounds if not row.after and row.ran > row.planned + 60]
    if long:
        names = ", ".join(_name(row, say) for row in long)
        lines.append(say(_("Plus longues que prévu : %(names)s.")) % {"names": names})
    return lines


def _rounds(hour: Hour, say: Say) -> Section:
    columns = (
        *(
            say(_("N°")),
            say(_("Manche")),
            say(_("Poste")),
            say(_("Minutes prévues")),
            say(_("Minutes")),
        ),
        *(say(_("Ont répondu")), say(_("Réponses")), say(_("Pistes"))),
    )
    rows = tuple(
        (
            *(row.number, _name(row, say), row.brief),
            *(("–", "–") if row.after else (_minutes(row.planned), _minutes(row.ran))),
            *(row.people, row.answers, row.leads),
        )
        for row in hour.rounds
    )
    return Section(say(_("Par manche")), (), columns, rows)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _prompts(hour: Hour, say: Say, lang: str) -> Section:
    columns = (say(_("Relance")), say(_("À l'écran")), say(_("Pistes")), say(_("Pour 10 minutes")))
    rows = tuple(
        (one.name, _minutes(one.ran // 1000), one.leads, _decimal(one, lang))
        for one in hour.prompts
    )
    return Section(say(_("Par relance")), (), columns, rows)


def _lab(hour: Hour, say: Say, lang: str) -> list[Section]:
    """The laboratory of prompts: a table, and what it finds, a round at a time."""
    if not hour.lab:
        return []
    title = say(_("Laboratoire des relances"))
    columns = (
        *(say(_("Relance")), say(_("Ont donné une piste")), say(_("L'avaient devant elles"))),
        *(say(_("Part")), say(_("De (95 %)")), say(_("À (95 %)"))),
    )
    rows = tuple(_tried(one, lang) for one in hour.lab)
    lines = tuple(_finding(row, say) for row in hour.rounds if row.lab)
    return [Section(title, (), columns, rows), Section(say(_("Ce que dit le laboratoire")), lines)]


def _tried(one: Tried, lang: str) -> tuple[Cell, ...]:
    shares = [_share(share, lang) for share in (one.share, one.low, one.high)]
    return (one.name, one.hits, one.trials, *shares)


def _finding(row: RoundHour, say: Say) -> str:
    found = finding(row.lab)
    told = {"round": _name(row, say)}
    if found is None:
        return say(_("« %(round)s » : aucune relance ne donne sûrement plus qu'une autre.")) % told
    told |= {"more": found.more.name, "less": found.less.name}
    return say(_("« %(round)s » : « %(more)s » donne sûrement plus que « %(less)s ».")) % told


def _share(number: float, lang: str) -> str:
    return str(format_percent(number, locale=lang))


def _decimal(one: Yielded, lang: str) -> str:
    """How many in ten minutes; a dash for what was hardly there."""
    return str(format_decimal(one.per_ten, "0.0", locale=lang)) if one.ran >= A_MINUTE else "–"


def _families(hour: Hour, say: Say) -> Section:
    rows = tuple((label, n) for label, n, _linkedin in hour.families)
    return Section(say(_("Par canal")), (), (say(_("Canal")), say(_("Recommandations"))), rows)


def _briefs(hour: Hour, say: Say) -> Section:
    return Section(say(_("Par poste")), (), (say(_("Poste")), say(_("Pistes"))), hour.briefs)


def as_pdf(hour: Hour, lang: str) -> bytes:
    """The report on sheets of A4."""
    parts = [Part(one.title, tuple(_lines(one))) for one in sections(hour, lang)]
    title = f"{hour.name} – {typeset(speaker(lang)(TITLE), lang)}"
    return pdf(Written("hour", lang, title, tuple(parts)))


def _lines(section: Section) -> Sequence[str]:
    """A table as lines: its first words, then each number with what it is of."""
    if section.lines:
        return [f"– {line}" for line in section.lines]
    if len(section.columns) == 2:
        return [f"– {row[0]} : {row[1]}" for row in section.rows]
    return [f"– {_line(section.columns, row)}" for row in section.rows]


def _line(columns: Sequence[str], row: Sequence[Cell]) -> str:
    named = [pair for pair in zip(columns, row, strict=True) if pair[1] != ""]
    return ", ".join(f"{column} {cell}" if is_figure(cell) else str(cell) for column, cell in named)


def is_figure(cell: Cell) -> bool:
    """Is it a number, a length of time, or the dash in the place of one?"""
    return isinstance(cell, int) or bool(re.fullmatch(r"[\d:.,–]+", cell))


def as_xlsx(hour: Hour, lang: str) -> bytes:
    """The report as a workbook, a sheet a section; no cell is a formula."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    for section in sections(hour, lang):
        sheet = book.add_worksheet(FORBIDDEN.sub(" ", section.title)[:31])
        sheet.set_column(0, 1, 34)
        lines = section.rows or tuple((line,) for line in section.lines)
        for nth, title in enumerate(section.columns or (section.title,)):
            sheet.write_string(0, nth, title, bold)
        for n, line in enumerate(lines, 1):
            _write(sheet, n, line)
    book.close()
    return made.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, cells: Sequence[Cell]) -> None:
    for nth, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(line, nth, cell)
        else:
            sheet.write_string(line, nth, printable(cell))


TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(hour: Hour, kind: str, lang: str) -> bytes:
    """The report as a file: pdf or xlsx."""
    return as_pdf(hour, lang) if kind == "pdf" else as_xlsx(hour, lang)
