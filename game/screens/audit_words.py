"""The words of the log: what was done, in the reader's language, by the action's code."""

from flask_babel import gettext as _


def audit_words() -> dict[str, str]:
    """What each action is called on a page; files keep the codes."""
    rooms = (_people, _rights, _contacts, _imports, _exports, _workshops, _team, _programs, _talks)
    return {action: word for room in rooms for action, word in room().items()}


def _people() -> dict[str, str]:
    return {
        "lead_shown": _("fiche lue"),
        "leads_listed": _("liste de pistes lue"),
        "leads_exported": _("pistes exportées"),
        "pool_exported": _("vivier exporté (ligne de commande)"),
        "pool_imported": _("vivier importé"),
        "pool_searched": _("vivier relu pour un brief"),
        "lead_corrected": _("fiche corrigée"),
        "lead_judged": _("piste jugée"),
        "verdict_undone": _("jugement annulé"),
        "leads_merged": _("fiches réunies"),
        "leads_parted": _("fiches séparées de nouveau"),
        "doubles_listed": _("doublons possibles lus"),
        "doubles_decided": _("doublon possible tranché"),
        "lead_tagged": _("étiquettes changées"),
        "lead_outcome": _("issue notée"),
        "lead_hired": _("embauche notée"),
        "lead_not_hired": _("embauche retirée"),
        "introductions_listed": _("présentations lues"),
        "nominee_link_made": _("lien de réponse créé"),
        "figures_shown": _("chiffres de la direction lus"),
        "costs_changed": _("coûts notés"),
        "mix_shown": _("bilan du sourcing lu"),
        "occasion_made": _("stand, école, soirée ou annonce créé"),
        "occasion_closed": _("stand, école, soirée ou annonce fermé"),
        "hosts_added": _("cartes d'hôtes faites"),
        "host_removed": _("carte d'hôte retirée"),
        "guest_entered": _("personne inscrite d'elle-même"),
        "way_offered": _("autre coordonnée donnée à un stand"),
        "way_taken": _("autre coordonnée prise"),
        "way_left": _("autre coordonnée laissée"),
    }


def _rights() -> dict[str, str]:
    return {
        "lead_informed": _("personne notée informée"),
        "lead_objected": _("opposition notée"),
        "lead_agreed": _("accord noté"),
        "lead_agreement_ended": _("accord retiré"),
        "lead_erased": _("personne effacée"),
        "lead_expired": _("personne effacée à l'échéance"),
        "player_erased": _("joueur effacé"),
        "contact_link_made": _("page personnelle ouverte"),
        "contact_link_revoked": _("page personnelle fermée"),
        "notice_written": _("notice enregistrée"),
        "notice_published": _("notice publiée"),
        "company_changed": _("ce que dit l'entreprise changé"),
        "texts_listed": _("textes à relire lus"),
        "text_let_through": _("texte relu, laissé passer"),
        "text_struck": _("texte relu, rayé"),
        "audit_exported": _("journal exporté"),
    }


def _contacts() -> dict[str, str]:
    return {
        "touchpoint_planned": _("contact prévu"),
        "touchpoint_moved": _("contact déplacé"),
        "touchpoint_done": _("contact noté fait"),
        "touchpoint_cancelled": _("contact annulé"),
        "touchpoint_answered": _("réponse notée"),
        "letter_sent": _("message parti"),
        "letter_refused": _("message refusé par le serveur"),
        "mailing_made": _("envoi créé"),
        "mailing_shown": _("envoi lu"),
        "mailing_stopped": _("envoi arrêté"),
        "draft_asked": _("proposition demandée à un modèle"),
        "draft_stopped": _("proposition d'un modèle arrêtée"),
        "cv_laid": _("CV posé à côté d'un poste"),
        "cv_noted": _("notes prises à côté d'un CV"),
        "cv_dropped": _("CV effacé avant la fin de sa lecture"),
        "document_brought": _("document apporté à un poste"),
        "document_removed": _("document retiré d'un poste"),
        "grid_saved": _("grille d'entretien enregistrée"),
        "interview_begun": _("entretien commencé"),
        "interview_ended": _("entretien terminé"),
        "transcript_taken": _("transcription collée"),
        "sound_agreed": _("accord à l'enregistrement d'un entretien noté"),
        "sound_heard": _("enregistrement transcrit ici, son effacé"),
        "sound_ended": _("enregistrement effacé sans transcription"),
        "transcript_withdrawn": _("transcription effacée : la personne n'accepte plus"),
        "passage_taken_back": _("passage d'entretien retiré de la grille"),
        "passage_filed": _("passage d'entretien rangé"),
        "passages_filed": _("notes d'entretien confirmées"),
        "trial_begun": _("essai à l'aveugle commencé"),
        "employers_shown": _("employeurs du vivier lus"),
        "employer_decided": _("entreprise cible gardée ou rayée"),
        "title_chosen": _("intitulé choisi"),
        "title_taken_back": _("intitulé d'annonce retiré"),
        "template_saved": _("modèle enregistré"),
        "template_removed": _("modèle supprimé"),
        "rule_saved": _("règle enregistrée"),
        "rule_removed": _("règle supprimée"),
        "agenda_shown": _("agenda lu"),
        "feed_made": _("calendrier ouvert"),
        "feed_read": _("calendrier lu"),
        "feed_revoked": _("calendrier fermé"),
        "view_saved": _("vue enregistrée"),
        "view_removed": _("vue supprimée"),
    }


def _imports() -> dict[str, str]:
    return {
        "import_uploaded": _("fichier déposé"),
        "import_mapped": _("colonnes d'un fichier désignées"),
        "import_previewed": _("aperçu d'un fichier lu"),
        "import_started": _("import lancé"),
        "import_stopped": _("import arrêté"),
        "import_taken_back": _("import retiré"),
    }


def _exports() -> dict[str, str]:
    return {
        "target_set": _("destination réglée"),
        "target_connected": _("destination reliée"),
        "target_cut": _("destination déliée"),
        "push_made": _("envoi vers une destination créé"),
        "push_resumed": _("envoi vers une destination repris"),
        "push_stopped": _("envoi vers une destination arrêté"),
        "push_settled": _("arrivée là-bas vérifiée"),
        "push_shown": _("envoi vers une destination lu"),
        "lead_pushed": _("piste envoyée à une destination"),
        "mapping_saved": _("colonnes d'export enregistrées"),
        "mapping_removed": _("colonnes d'export supprimées"),
        "targets_shown": _("état d'une liste pour une destination lu"),
        "lead_filed": _("fichier d'une personne remis"),
    }


def _workshops() -> dict[str, str]:
    return {
        "workshop_sorted": _("sorte d'atelier changée"),
        "position_saved": _("poste enregistré"),
        "position_removed": _("poste supprimé"),
        "workshop_deleted": _("atelier supprimé"),
        "rehearsal_forgotten": _("pistes d'une répétition supprimées"),
        "projector_key_changed": _("adresse du projecteur changée"),
        "helper_invited": _("aide invitée"),
        "helper_dismissed": _("aide retirée"),
        "remote_link_made": _("lien de télécommande créé"),
        "player_code_made": _("code de changement de téléphone créé"),
        "player_moved": _("joueur passé sur un autre téléphone"),
        "player_came_back": _("joueur revenu avec son nom et son mot"),
        "invitation_used": _("invitation utilisée"),
        "year_link_made": _("lien d'un an fait, avec l'accord du collègue"),
        "year_link_renewed": _("lien d'un an prolongé"),
        "reference_brought": _("référentiel public apporté"),
        "reference_read": _("référentiel public lu"),
        "reference_stopped": _("lecture d'un référentiel arrêtée"),
        "reference_dropped": _("référentiel public retiré"),
        "year_link_ended": _("lien d'un an fermé"),
        "year_link_closed": _("lien d'un an d'un collègue fermé par l'entreprise"),
        "year_links_listed": _("liens d'un an lus"),
    }


def _team() -> dict[str, str]:
    return {
        "user_added": _("compte ajouté"),
        "user_disabled": _("compte fermé"),
        "user_enabled": _("compte rouvert"),
        "link_made": _("lien de connexion créé"),
        "password_changed": _("mot de passe changé"),
        "signed_in": _("connexion"),
        "signed_out": _("déconnexion"),
        "signed_out_elsewhere": _("déconnexion des autres appareils"),
        "sign_in_failed": _("connexion refusée"),
        "sign_in_link_asked": _("lien de connexion demandé"),
        "second_step_failed": _("code de la deuxième étape refusé"),
        "second_factor_set": _("validation en deux étapes mise en place"),
        "second_factor_removed": _("validation en deux étapes retirée"),
        "account_bound": _("compte lié au compte d'entreprise"),
        "recovery_code_used": _("code de secours utilisé"),
        "recovery_codes_made": _("nouveaux codes de secours"),
    }


def _programs() -> dict[str, str]:
    return {
        "token_made": _("jeton fait"),
        "token_revoked": _("jeton révoqué"),
        "lead_taken": _("piste donnée par un programme"),
        "workshops_listed": _("ateliers lus par un programme"),
        "webhook_made": _("webhook déclaré"),
        "webhook_changed": _("webhook changé"),
        "webhook_removed": _("webhook supprimé"),
        "webhook_stopped": _("webhook arrêté par son destinataire"),
        "webhook_resent": _("envoi d'un webhook refait"),
        "chat_room_made": _("salon de messagerie déclaré"),
        "chat_room_tried": _("salon de messagerie essayé"),
        "chat_room_removed": _("salon de messagerie supprimé"),
    }


def _talks() -> dict[str, str]:
    return {
        "colleague_added": _("collègue invité à parler aux candidats"),
        "colleague_offered": _("collègue proposé de lui-même"),
        "colleague_removed": _("collègue retiré"),
        "colleagues_listed": _("collègues lus"),
        "talk_opened": _("entretien inversé ouvert"),
        "talk_closed": _("entretien inversé repris"),
        "talk_asked": _("entretien inversé demandé"),
        "talk_agreed": _("entretien inversé convenu"),
        "talk_countered": _("autre moment proposé"),
        "talk_declined": _("entretien inversé décliné"),
        "talk_withdrawn": _("demande d'entretien inversé retirée"),
        "talk_told": _("avis donné sur un entretien inversé"),
    }
