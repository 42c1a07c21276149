"""ROME's files of France Travail: occupations, and the titles under which people know them.

`unix_referentiel_appellation_v…_utf8.csv` and `unix_referentiel_code_rome_v…_utf8.csv`, alone or in
the zip « RefRomeCsv ». Their columns were read in the files of version 4.60 that stand in
tomjoy75/code_rome, and in version 3's in the tests of a program by other authors that reads them
(`upload_test.py`, with `code_ogr`, `code_rome`, `libelle_appellation_long`, `libelle_rome`); both
have them under the same names.
"""

from game.rules.person import fold

TITLES = ("code_ogr", "code_rome", "libelle_appellation_long")
OCCUPATIONS = ("code_rome", "libelle_rome")


def folded(title: str) -> str:
    """A title between spaces, as searches compare it."""
    return f" {fold(title)} "[:220]
