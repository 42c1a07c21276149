"""What players and facilitators read for the codes of a room, its door and its forms."""

from flask_babel import gettext as _


def of_the_room() -> dict[str, str]:
    """What becomes of an answer, who comes in, and what a remote asks for."""
    return {
        "bad_input": _("Il manque quelque chose : regarde les champs marqués."),
        "busy": _("Beaucoup de monde à la fois. Ta réponse est gardée et repart toute seule."),
        "catching_up": _("Le serveur rattrape son retard. Ta réponse est gardée et repart seule."),
        "throttled": _("Un peu vite. Ta réponse est gardée et repart dans un instant."),
        "too_often": _("Trop de demandes à la fois. Dans une minute, tout ira bien."),
        "failed": _("Ça n'a pas marché de notre côté. Ta réponse est gardée, elle va repartir."),
        "removed": _("Tu n'es plus dans l'atelier. Parles-en à la personne qui anime."),
        "unknown_round": _("Cette manche n'est pas celle de ton atelier."),
        "unplayable": _("Cette manche ne peut pas être jouée ici."),
        "round_closed": _("La manche est close. Ta réponse n'a pas été comptée."),
        "noted": _("C'est noté ✓"),
        "send_again": _("Ça n'a pas marché de notre côté. Touche encore le bouton : tout est là."),
        "workshop_over": _("Cet atelier est terminé."),
        "waiting": _(
            "Presque : la personne qui anime te laisse entrer d'un geste. Reste sur cette page."
        ),
        "door_full": _("Trop de monde attend déjà à la porte. Dis-le à la personne qui anime."),
        "signs_wrong": _(
            "Ce ne sont pas ces formes-là : elles changent chaque minute."
            " Regarde le grand écran, et essaie encore."
        ),
        "signs_wait": _(
            "Trop d'essais manqués pour cet atelier : attends une minute,"
            " ou demande à la personne qui anime de te laisser entrer."
        ),
        "door_locked": _(
            "La porte est fermée pour l'instant. La personne qui anime peut l'ouvrir."
        ),
        "page_used": _(
            "Quelqu'un est déjà entré avec ce formulaire. Si c'était toi, demande un code à la "
            "personne qui anime. Sinon, touche encore le bouton pour entrer."
        ),
        "unknown_code": _("Aucun atelier ne porte ce code."),
        "no_cookies": _(
            "Ton navigateur refuse les cookies : sans eux, le jeu ne peut pas te reconnaître. "
            "Autorise-les pour ce site ou ouvre cette page dans une fenêtre normale, puis réessaie."
        ),
        "handover_over": _("Ce code ou ce lien n'est plus valable. Demandes-en un autre."),
        "no_way_back": _("Ce code, ce nom et ce mot ne vont pas ensemble. Relis les trois."),
        "too_many_codes": _("Trop de codes essayés. Réessaie dans quelques minutes."),
        "code_expired": _("Ce code n'est plus valable."),
        "stale": _("L'écran avait déjà changé : rien n'a été fait."),
        "not_now": _("Ce n'est pas possible à cette étape."),
        "no_round": _("Aucune manche n'est en cours."),
        "not_allowed": _("Vous n'avez pas le droit de faire cela."),
        "unknown_command": _("Cette commande n'existe pas."),
        "unknown_player": _("Cette personne n'est pas dans l'atelier."),
        "round_played": _("Cette manche a été jouée : elle ne peut plus être retirée."),
        "nothing_to_vote_on": _("Il faut au moins deux idées que la salle voit."),
        "day_past": _("Ce jour est passé."),
        "round_counted": _("Cette manche a commencé : elle compte, ou non, comme elle a commencé."),
        "seconds_range": _("Entre 10 secondes et une heure."),
    }


def of_fields() -> dict[str, str]:
    """What is typed into a field, or handed over as a document."""
    return {
        "missing": _("À remplir."),
        "invalid": _("Cette valeur n'est pas possible."),
        "too_long": _("C'est trop long."),
        "unreadable": _("Cette réponse contient un signe illisible : corrige-la et renvoie-la."),
        "name_missing": _("Il faut un nom."),
        "name_too_short": _("Au moins deux lettres."),
        "mail_invalid": _("Cette adresse mail ne semble pas juste."),
        "phone_invalid": _("Ce numéro ne semble pas juste."),
        "link_invalid": _("Cette adresse web ne semble pas juste."),
        "nickname_missing": _("Il te faut un nom pour jouer."),
        "nickname_too_short": _("Au moins deux signes."),
        "nickname_too_long": _("24 signes au plus."),
        "nickname_rude": _("Essaie un autre nom : celui-ci s'affiche devant tout le monde."),
        "mail_taken": _("Quelqu'un a déjà cette adresse."),
        "role_unknown": _("Ce rôle n'existe pas."),
        "nothing_to_undo": _("Il n'y a rien à annuler."),
        "document_unreadable": _("Ce fichier ne se lit pas : un texte, un PDF ou un DOCX."),
        "reference_unreadable": _("Ce fichier ne se lit pas : un CSV en UTF-8, ou son zip."),
        "reference_unknown": _(
            "Ce n'est ni un fichier du ROME, ni StockUniteLegale ou StockEtablissement de Sirene."
        ),
        "reference_too_many": _("Trop d'employeurs : précisez les activités."),
        "naf_missing": _("Dites quelles activités garder : un code de la NAF au moins."),
        "naf_unknown": _("Des codes de la NAF, comme 62.01Z ou 63, séparés par des virgules."),
        "department_unknown": _("Des numéros de département, comme 35 ou 2A."),
        "document_blank": _("Ce fichier n'a pas de texte, comme un scan : collez-le plutôt."),
        "too_many_documents": _("C'est déjà beaucoup de documents : retirez-en un d'abord."),
        "agree_to_transcript": _("Sans l'accord de la personne, pas de transcription."),
        "agree_to_sound": _("Sans l'accord de la personne, pas d'enregistrement."),
        "sound_not_wanted": _("Cet enregistrement n'est plus attendu : rien n'en a été gardé."),
        "sound_begin": _("Une heure comme 0:00 ou 12:34, comptée depuis le début."),
        "unknown_interview": _("Cet entretien n'est plus là."),
        "cv_gone": _("Ce CV n'est plus là : il a été effacé entre-temps."),
        "cv_open": _("Un CV de cette personne est en lecture : terminez-la ou effacez-le d'abord."),
        "transcript_long": _(
            "C'est trop pour une transcription : 200 000 signes et 3 000 passages au plus. "
            "Rien n'a été rangé."
        ),
    }
