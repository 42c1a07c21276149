"""What a facilitator sends colleagues three days before: the link of the warm-up, with a text."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.day_words import day_words
from game.context import current
from game.store.tables import Workshop
from game.workshop import warm_up

BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class WarmUpShown:
    """The link, the text to send with it in the workshop's language, and the day to send it."""

    url: str
    text: str
    on: date | None


def shown(session: Session, workshop: Workshop) -> WarmUpShown | None:
    """None where no round recalls anybody, or once something was played."""
    game = current()
    there = warm_up.prompts(session, game.pack(workshop.lang), workshop.id)
    if workshop.stage not in warm_up.STAGES or not there:
        return None
    url = f"{public_url(game.settings)}/{workshop.code}/warm-up"
    on = workshop.held_on - BEFORE if workshop.held_on else None
    return WarmUpShown(url, _text(workshop, url), on)


def _text(workshop: Workshop, url: str) -> str:
    with force_locale(workshop.lang):
        lines = (
            _("Bonjour,"),
            _invitation(workshop),
            _("D'ici là, quelques questions pour réveiller la mémoire, sur ton téléphone :"),
            url,
            _(
                "Ce que tu y notes reste sur ton téléphone : rien n'est envoyé, personne ne le lit."
                " Viens avec le même, tes notes t'y attendront."
            ),
        )
    return "\n\n".join(str(line) for line in lines)


def _invitation(workshop: Workshop) -> str:
    name, on = workshop.name, workshop.held_on
    if on is None:
        return str(
            _(
                "Bientôt, nous jouons ensemble « %(name)s » : une heure pour nous rappeler"
                " avec qui nous aimerions travailler.",
                name=name,
            )
        )
    return str(
        _(
            "%(day)s, nous jouons ensemble « %(name)s » : une heure pour nous rappeler"
            " avec qui nous aimerions travailler.",
            day=day_words(on, workshop.lang, "EEEE d MMMM").capitalize(),
            name=name,
        )
    )
