"""The notice, as it is given to people who enter themselves."""

from game.context import current
from game.privacy import notice
from game.web.i18n import lang


def given(source: str) -> dict[str, object]:
    """What a form shows: the newest notice with this source of the data, and its version.

    Both are None while none was published: then nobody is asked for anything.
    """
    with current().store.session() as s:
        version = notice.newest(s)
        told = notice.given(s, version, lang(), source) if version else None
    return {"paper": told, "version": version if told else None}
