"""What is said of the sound of an interview: how it goes on, or why nothing came of it."""

from flask_babel import gettext as _


def sound_words() -> dict[str, str]:
    """By state, and by why a sound is gone."""
    return {
        "agreed": _("Accord noté, rien d'enregistré encore."),
        "waiting": _("En attente de transcription ; le son n'est lu que par cette machine."),
        "hearing": _("Transcription en cours."),
        "done": _("Transcrit, le son est effacé."),
        "cancelled": _("Arrêté : le son est effacé, rien n'a été transcrit."),
        "withdrawn": _("La personne n'accepte plus : le son est effacé."),
        "lost": _("La transcription s'est interrompue : le son est effacé, à vous de le redonner."),
        "nothing": _("Rien n'a été enregistré."),
        "unreadable": _("Ce fichier n'a pas de son lisible ; il est effacé."),
        "silent": _("Aucune parole n'y a été entendue ; le son est effacé."),
        "long": _("C'est plus de trois heures de son : rien n'est transcrit, le son est effacé."),
        "no_engine": _("Rien n'est installé ici pour transcrire ; le son est effacé."),
        "model": _("Le modèle installé n'est pas celui qui a été essayé ; le son est effacé."),
    }
