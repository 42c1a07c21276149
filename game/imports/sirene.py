"""Sirene's stock files: which legal persons employ people, in which activity, and where.

Insee's « StockUniteLegale » and « StockEtablissement », as CSV or in the zip that one downloads.
Their columns' names were read in the headers of files and in tables made for them, each in two
places at least that know nothing of one another:

- opensignauxfaibles' end-to-end test (a header of StockUniteLegale with two rows), and
  marion-paclot/DECP-app, `db/create_sirene.sql`: all of UNITS;
- 26digitalsolutions/french-companies-dataproject, `places_of_business.sql` (both tables), and the
  columns that two programs name to read StockEtablissement: all of SITES.

Never taken: natural persons – a legal category that begins with 1 (1000 is an « entrepreneur
individuel »), or with 2, which has groups of natural persons without a legal personality, or a
name in `nomUniteLegale` –, and whoever has asked not to be shown (`statutDiffusion` other than O).
"""

from collections.abc import Sequence
from dataclasses import dataclass

UNITS = (
    "siren",
    "denominationUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "trancheEffectifsUniteLegale",
    "etatAdministratifUniteLegale",
    "statutDiffusionUniteLegale",
    "categorieJuridiqueUniteLegale",
    "nomUniteLegale",
)
SITES = (
    "siren",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
    "statutDiffusionEtablissement",
)
LEGAL = frozenset("3456789")  # how the categories of legal persons begin
NOBODY = frozenset(("", "NN", "00"))  # bands of who employs nobody, or has not said
# Insee's codes of bands, by how many one employs at least
LEAST = {"1": "01", "10": "11", "50": "21", "250": "32"}


@dataclass(frozen=True)
class Wanted:
    """What is kept: activities by how their code begins, departments (all if none), a band."""

    activities: tuple[str, ...]
    departments: tuple[str, ...] = ()
    least: str = LEAST["10"]


@dataclass(frozen=True)
class Unit:
    """A legal person that employs people."""

    siren: str
    name: str
    naf: str
    nomenclature: str
    band: str


def unit_of(row: Sequence[str], wanted: Wanted) -> Unit | str:
    """The legal person of a line with the columns UNITS, or why it is not kept."""
    siren, name, naf, nomenclature, band, state, shown, category, person = row
    if not naf.startswith(wanted.activities):
        return "elsewhere"
    if person or category[:1] not in LEGAL:
        return "natural"
    if shown != "O" or not name or name == "[ND]":
        return "withheld"
    if state != "A":
        return "closed"
    if band in NOBODY or band < wanted.least:
        return "small"
    return Unit(siren[:9], " ".join(name.split())[:120], naf[:6], nomenclature[:8], band[:2])


def site_of(row: Sequence[str]) -> tuple[str, str] | None:
    """(siren, department) of an open site that is shown, of a line with the columns SITES."""
    siren, town, state, shown = row
    if state != "A" or shown != "O" or len(town) != 5:
        return None
    return siren, town[:3] if town.startswith(("97", "98")) else town[:2]
