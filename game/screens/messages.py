"""What people read for each code that the rules and verbs answer with, in their language."""

from typing import TypedDict

from flask_babel import gettext as _

from game.base.refusal import Refusal
from game.rules.registry import kinds


class RefusalTold(TypedDict):
    """A refusal as it goes over the wire, in the reader's words."""

    code: str
    text: str
    fields: dict[str, str]


def texts() -> dict[str, str]:
    """Every code and its text, in the current language."""
    of_kinds = {code: _(text) for kind in kinds().values() for code, text in kind.refusals.items()}
    parts = (
        _of_the_room(),
        _of_fields(),
        _of_leads(),
        _of_sign_in(),
        _of_talks_and_files(),
        _of_sending(),
        _of_programs(),
    )
    return {code: text for part in (*parts, of_kinds) for code, text in part.items()}


def _of_the_room() -> dict[str, str]:
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


def _of_fields() -> dict[str, str]:
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


def _of_leads() -> dict[str, str]:
    """What may be done with a lead, and pages that a link opens."""
    return {
        "unknown_lead": _("Cette piste n'est plus dans le vivier."),
        "lead_overdue": _(
            "Cette personne n'a pas été informée à temps : seule l'information reste possible."
        ),
        "lead_uninformed": _("Cette personne doit d'abord être informée que ses données sont là."),
        "notice_unpublished": _(
            "La notice aux contacts n'est pas encore publiée : personne ne peut la recevoir. "
            "L'administration ou le DPO la publie (Données, Notice aux contacts)."
        ),
        "lobby_shut": _(
            "Avant d'ouvrir un vrai atelier, il faut remplir ce que les notices disent de "
            "l'entreprise (Données, L'entreprise). Une démonstration s'ouvre sans cela."
        ),
        "unknown_page": _("Ce lien ne mène plus nulle part. Demandez-en un autre."),
        "reach_missing": _("Un mail ou un téléphone, pour vous joindre."),
        "not_open_yet": _("Ici, on ne s'inscrit pas encore : revenez un peu plus tard."),
        "form_sent": _(
            "Ce formulaire a déjà été envoyé. Si c'est pour quelqu'un d'autre, envoyez-le encore."
        ),
        "closes_before": _("Entre ce jour-là et un an après."),
        "agree_missing": _("Sans votre accord, rien n'est enregistré."),
        "too_many_invitations": _(
            "Ça fait beaucoup d'invitations : donne d'abord celles que tu as."
        ),
        "unknown_text": _("Ce texte a déjà été relu."),
        "lead_objected": _("Cette personne s'est opposée à l'usage de ses données."),
        "company_unknown": _("Il manque encore ce que la notice doit dire de l'entreprise."),
        "place_missing": _("Un mot entre accolades manque : sans lui, ce point ne dit pas tout."),
        "months_range": _("Un nombre de mois, de 1 à 24."),
    }


def _of_sign_in() -> dict[str, str]:
    """Who signs in, and how."""
    return {
        "unknown_workshop": _("Cet atelier n'existe pas, ou ce n'est pas le vôtre."),
        "no_facilitator": _(
            "Personne qui anime des ateliers n'a cette adresse. L'administration peut l'ajouter."
        ),
        "signed_out": _("Vous n'êtes plus connecté. Reconnectez-vous pour continuer."),
        "password_short": _("Au moins dix signes."),
        "password_weak": _("Trop facile à deviner : choisissez par exemple quatre mots au hasard."),
        "too_many_tries": _("Trop d'essais. Réessayez dans une minute."),
        "code_wrong": _("Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant."),
        "second_on": _("La validation en deux étapes est déjà en place."),
        "second_unreadable": _(
            "Le serveur ne sait plus lire cette clé : demandez à l'administration de la retirer."
        ),
        "house_away": _(
            "Le service de connexion de votre entreprise ne répond pas. Réessayez dans un instant."
        ),
        "house_declined": _("La connexion a été refusée ou abandonnée du côté de l'entreprise."),
        "house_failed": _("La réponse du service de connexion n'a pu être vérifiée. Recommencez."),
        "house_unknown": _(
            "Ce compte d'entreprise n'a pas encore accès à Sourcerie. "
            "Demandez à la personne qui administre de vous ajouter."
        ),
        "house_unverified": _(
            "Ce compte ne dit pas que son adresse mail est vérifiée : demandez à l'administration."
        ),
        "house_other": _(
            "Cette adresse est celle d'un autre compte d'entreprise : demandez à l'administration."
        ),
        "house_disabled": _("Ce compte est désactivé. Demandez à la personne qui administre."),
    }


def _of_talks_and_files() -> dict[str, str]:
    """The reverse interview, and files of people."""
    return {
        "slot_far": _("Un moment à venir, dans les trois mois."),
        "way_other": _("Cette personne ne propose pas cette façon de se voir : voyez les siennes."),
        "colleague_decides": _(
            "Cette personne recrute ou administre : qui décide n'est pas de ces conversations."
        ),
        "talk_open": _("Une conversation lui est déjà ouverte."),
        "talk_begun": _("La personne a déjà choisi : c'est entre elle et ce collègue."),
        "talk_moved": _("Entre-temps, cela a changé : voici où vous en êtes."),
        "nominee_answered": _("Cette personne a déjà répondu."),
        "no_table": _(
            "Ce fichier n'est ni un tableau ni du texte : CSV, Excel ou vCard sont attendus."
        ),
        "no_content": _(
            "Aucune feuille n'a de colonnes connues : exportez d'abord, pour avoir un modèle."
        ),
        "no_name_column": _("Dites quelle colonne porte le nom des personnes."),
        "busy_with_files": _("D'autres fichiers sont lus : redonnez celui-ci dans un instant."),
        "file_too_large": _("Une fois déplié, ce classeur est trop grand : donnez-le en CSV."),
        "too_wide": _("Trop de colonnes : 500 au plus. Gardez celles qui servent."),
        "no_names": _("Aucune colonne de noms n'a été reconnue (Nom, Prénom, Nom complet, Name…)."),
    }


def _of_sending() -> dict[str, str]:
    """What is written to people, and goes to other systems."""
    return {
        "objected": _("Cette personne s'est opposée : elle n'est plus contactée."),
        "unknown_touchpoint": _("Ce contact n'existe plus."),
        "field_unknown": _("Un champ entre accolades n'existe pas."),
        "notice_missing": _("La notice doit y figurer entière : ajoutez {notice}."),
        "no_mailer": _("Aucun serveur de mail n'est réglé : copiez le message."),
        "nobody_to_write_to": _("Il n'y a personne à qui écrire ici."),
        "lacks_field": _("Il manque à cette fiche un champ du message."),
        "no_mail": _("Cette fiche n'a pas d'adresse mail."),
        "unknown_target": _("Cette destination n'existe pas."),
        "unknown_mapping": _("Ces colonnes n'existent plus, ou ne sont pas les vôtres."),
        "unknown_push": _("Cet envoi n'existe plus."),
        "push_going": _("Un envoi vers cette destination est en cours : attendez qu'il finisse."),
        "not_connected": _("Cette destination n'est pas reliée : sa clé manque."),
        "target_unset": _("Il manque un réglage de cette destination."),
        "check_mails": _("Dites d'abord si cette destination écrit d'elle-même aux personnes."),
        "nobody_ready": _("Personne n'est prêt ici pour cette destination."),
        "way_of_other": _("C'est ainsi qu'on joint une autre fiche : voyez d'abord laquelle."),
        "lead_rehearsed": _("Cette piste vient d'une démonstration ou d'une répétition."),
        "unknown_rule": _("Cette règle n'existe plus."),
        "unknown_view": _("Cette vue n'existe plus."),
        "unknown_template": _("Ce modèle n'existe plus."),
        "unknown_mailing": _("Cet envoi n'existe plus."),
        "not_planned": _("C'était déjà fait ou annulé."),
        "unknown_webhook": _("Ce webhook n'existe plus."),
        "unknown_chat_room": _("Ce salon n'existe plus."),
        "https_only": _("L'adresse doit commencer par https://."),
        "address_refused": _("Une adresse du réseau local n'est pas prévenue."),
        "too_many": _("Il y en a trop."),
        "unknown_token": _("Ce jeton n'existe plus."),
        "colour_invalid": _("Une couleur comme #0a7f8c."),
        "linkedin": _("Ici, on cherche ailleurs que sur LinkedIn."),
    }


def _of_programs() -> dict[str, str]:
    """What only programs are told."""
    return {
        "bad_json": _("Le corps de la demande n'est pas du JSON."),
        "bad_key": _("Idempotency-Key a 1 à 255 signes visibles."),
        "bad_cursor": _("Ce curseur n'en est pas un : reprenez le « next » d'une page."),
        "token_missing": _("Envoyez l'en-tête Authorization: Bearer, suivi du jeton."),
        "token_unknown": _("Ce jeton est inconnu, révoqué, ou a fait son temps."),
        "scope_missing": _("Ce jeton n'ouvre pas cela, ou son propriétaire n'en a plus le droit."),
        "not_json": _("Envoyez Content-Type: application/json."),
        "key_reused": _("Cette clé d'idempotence a déjà servi pour une autre demande."),
        "unknown_field": _("Ce champ n'existe pas."),
        "too_late": _("Ce jour n'est pas encore venu."),
        "channel_unknown": _("Ce canal n'existe pas."),
        "not_done": _("Ce qui est prévu n'a encore rien donné."),
        "brief_unknown": _("Ce poste n'existe pas."),
        "reason_missing": _("On lui a déjà parlé : dites pourquoi en rester là."),
        "unresolved": _("Ce nom ne mène nulle part."),
    }


def text(code: str) -> str:
    """The text of a code; an unknown one reads as a value that is not possible."""
    sayings = texts()
    return sayings.get(code) or sayings["invalid"]


def refusal(error: Refusal) -> RefusalTold:
    """A refusal as it goes over the wire; what is wrong with the whole answer is its text."""
    fields = {name: text(code) for name, code in error.fields.items()}
    return {"code": error.code, "text": fields.get("answer", text(error.code)), "fields": fields}
