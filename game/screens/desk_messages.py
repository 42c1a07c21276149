"""What recruiters and administrators read for the codes of the desk, of sign-in and programs."""

from flask_babel import gettext as _


def of_leads() -> dict[str, str]:
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


def of_sign_in() -> dict[str, str]:
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


def of_talks_and_files() -> dict[str, str]:
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


def of_sending() -> dict[str, str]:
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


def of_programs() -> dict[str, str]:
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
