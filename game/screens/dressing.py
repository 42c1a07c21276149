"""What a workshop's screens wear, as they know it: addresses of sheet and logo, a break's end."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from game.base.day_words import time_words
from game.base.days import local
from game.screens.data import Dressed
from game.store.prepared import Prepared
from game.store.tables import Logo, Workshop

LOGO = Prepared(select(Logo.digest).where(Logo.workshop_id == bindparam("workshop")))


def dressed(session: Session, workshop: Workshop, lang: str) -> Dressed:
    """The welcome, Wi-Fi, brand and cover of a workshop."""
    logo = LOGO.first(session.connection(), workshop=workshop.id)
    digest = logo.digest if logo else ""
    colours = f"{workshop.colour_act}{workshop.colour_earn}".replace("#", "")
    return Dressed(
        welcome=workshop.welcome,
        sheet=f"/brand/{colours}.css" if len(colours) == 12 else "",
        logo=f"/brand/{workshop.id}/{digest}.logo" if digest else "",
        wifi_name=workshop.wifi_name,
        wifi_password=workshop.wifi_password,
        theme=workshop.theme,
        tones=workshop.tones,
        cover=workshop.cover,
        until=workshop.cover_until,
        back_at=_time_of_day(workshop.cover_until, lang),
    )


def _time_of_day(ms: int | None, lang: str) -> str:
    """The time of day at so many milliseconds since the epoch, as it is written in `lang`."""
    if ms is None:
        return ""
    return time_words(local(ms), lang)
