"""The words of public files: what was kept of one, what was not, and how its reading ended."""

from flask_babel import gettext as _


def reference_words() -> dict[str, dict[str, str]]:
    """By kind – kept, passed, ended –, each code in the reader's language."""
    return {
        "kept": {
            "appellations": _("appellations"),
            "occupations": _("métiers"),
            "units": _("employeurs"),
            "sites": _("employeurs situés"),
        },
        "passed": {
            "elsewhere": _("d'une autre activité"),
            "natural": _("personnes physiques, jamais prises"),
            "withheld": _("non diffusées ou sans nom"),
            "closed": _("fermées"),
            "small": _("sans assez de salariés"),
            "outside": _("hors des départements voulus"),
        },
        "ended": {
            "done": _("lu jusqu'au bout"),
            "stopped": _("arrêté"),
            "reference_unreadable": _("ne se lit pas jusqu'au bout"),
            "reference_unknown": _("n'est ni du ROME ni de Sirene"),
            "reference_too_many": _("trop d'employeurs : précisez les activités"),
        },
    }
