"""The words of targets, in the reader's language."""

from flask_babel import gettext as _

from game.exports.person import FIELDS


def target_words() -> dict[str, dict[str, str]]:
    """Labels by key, by what they are labels of."""
    return {
        "states": {
            "ready": _("Prêtes"),
            "lacks": _("À compléter"),
            "there": _("Déjà là-bas"),
            "left": _("Déjà parties dans un fichier"),
            "held": _("Retenues"),
        },
        "one": {"ready": _("prête"), "there": _("déjà là-bas")},
        "fields": {**{key: _(label) for key, label in FIELDS.items()}, "cv": _("CV")},
        "why": {
            "lead_objected": _("s'est opposée à l'usage de ses données"),
            "lead_overdue": _("n'a pas été informée à temps"),
            "lead_uninformed": _("n'est pas encore informée"),
            "lead_rehearsed": _("vient d'une démonstration ou d'une répétition"),
            "second_notice": _("est déjà informée : la destination lui écrirait une seconde fois"),
            "push_unsure": _("est peut-être déjà là-bas : à vérifier dans l'envoi"),
            "lacks_field": _("il lui manque un champ"),
        },
        "items": {
            "waiting": _("En attente"),
            "sending": _("En cours"),
            "sent": _("Arrivées"),
            "there": _("Déjà là-bas"),
            "skipped": _("Retenues"),
            "refused": _("Refusées"),
            "unsure": _("Incertaines"),
            "cancelled": _("Abandonnées"),
        },
        "item": {
            "waiting": _("en attente"),
            "sending": _("en cours"),
            "sent": _("arrivée"),
            "there": _("déjà là-bas"),
            "skipped": _("retenue"),
            "refused": _("refusée"),
            "unsure": _("incertaine"),
            "cancelled": _("abandonnée"),
        },
        "jobs": {
            "waiting": _("en attente"),
            "running": _("en cours"),
            "done": _("terminé"),
            "failed": _("interrompu"),
            "cancelled": _("arrêté"),
        },
        "faults": {
            "key_refused": _(
                "La destination a refusé la clé : donnez-en une autre, puis reprenez."
            ),
            "not_connected": _("La clé manque : donnez-la, puis reprenez."),
        },
    }
