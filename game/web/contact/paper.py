"""The notice, as it is given to people who enter themselves."""

from game.context import current
from game.privacy import company, notice, papers
from game.web.i18n import lang


def given(source: str) -> papers.Written:
    """The newest notice with this source of the data; before there is one, what it would say."""
    pack = current().pack(lang())
    with current().store.session() as s:
        version, known = notice.newest(s), company.facts(s)
        told = notice.given(s, version, lang(), source) if version else None
    if told is not None:
        return told
    values = papers.values(known, pack.notices, pack.lang)
    return papers.write(notice.paper(pack), {**values, "source": source}, pack.lang)
