"""Who receives data by a line of its own: programs with a token, addresses, recruiting tools."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.speech import marked as _
from game.base.speech import speaker
from game.exports.mapping import PREFIX
from game.exports.targets import targets
from game.store.tables import ApiToken, Push, TargetSetting, User, Webhook

READS = ("leads:read",)  # scopes by which persons leave
FILE = _("un fichier")


def names(session: Session) -> list[str]:
    """Their names, each once, for the register of processings."""
    return list(dict.fromkeys((*_programs(session), *_addresses(session), *_tools(session))))


def tool_named(lang: str) -> Callable[[str], str]:
    """What a tool is called in a language, by its key; a recruiter's own columns are a file."""
    say, known = speaker(lang), targets()

    def named(key: str) -> str:
        if key in known:
            return say(known[key].title)
        return say(FILE) if key.startswith(PREFIX) else key

    return named


def _programs(session: Session) -> Iterator[str]:
    rows = (
        select(ApiToken.name, ApiToken.scopes)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now_ms())
        .where(User.disabled_at.is_(None))
        .order_by(ApiToken.name, ApiToken.id)
    )
    for name, scopes in session.execute(rows):
        if set(scopes) & set(READS):
            yield f"{name} (API)"


def _addresses(session: Session) -> Iterator[str]:
    rows = select(Webhook.url).where(Webhook.active.is_(True)).order_by(Webhook.url)
    for url in session.scalars(rows):
        yield f"{urlsplit(url).hostname} (webhook)"


def _tools(session: Session) -> Iterator[str]:
    """Tools that a key opens, or to which a list was sent."""
    known = targets()
    keyed = session.scalars(select(TargetSetting.target).where(TargetSetting.sealed != ""))
    sent = session.scalars(select(Push.target).distinct())
    for key in sorted({*keyed, *sent} & known.keys()):
        yield known[key].title
