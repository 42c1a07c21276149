"""The notice to contacts: its texts are edited at the desk, and published in numbered versions.

What it must say is in the General Data Protection Regulation, article 14. Each of its points is a
part of the text with a key of its own, and none may be left out: so a published version covers
them all. A published version never changes; leads remember the one that they were given.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.json_object import at, members, objects
from game.base.refusal import Refusal
from game.privacy import company, papers
from game.privacy.audit import audit
from game.rules.pack import Pack, Paper
from game.store.tables import Notice

PAPER = "contacts-notice"
ARTICLE_14 = (
    *("controller", "dpo", "purposes", "interests", "categories", "recipients", "transfers"),
    *("duration", "rights", "withdrawal", "complaint", "source", "automation"),
)
PLACES = {  # what a part must leave a place for, so that it says what is true today
    "controller": ("controller", "contact"),
    "dpo": ("dpo",),
    "purposes": ("basis",),
    "interests": ("interests",),
    "recipients": ("recipients",),
    "transfers": ("transfers",),
    "duration": ("lead_months",),
    "source": ("source",),
}
WORKING = 0  # the version that is being written
MOST = 2_000  # characters of a part
Packs = Mapping[str, Pack]
Texts = dict[str, dict[str, str]]  # by language, by key


def newest(session: Session) -> int | None:
    """The version that people are given now; None while none was published."""
    return session.scalar(select(func.max(Notice.version)).where(Notice.published_at.is_not(None)))


def read(session: Session, said: str) -> int:
    """The version that somebody had before them, as their form says; else the newest.

    Raises Refusal('not_open_yet') while none was published: nobody can agree to what is not there.
    """
    last = newest(session)
    if last is None:
        raise Refusal("not_open_yet")
    version = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else WORKING
    row = session.get(Notice, version)
    return version if row and row.published_at is not None else last


def paper(pack: Pack) -> Paper:
    """The pack's own notice, from which editing starts."""
    return next(one for one in pack.papers if one.key == PAPER)


def working(session: Session, packs: Packs) -> Texts:
    """The texts as they are being written, with their places; the pack's own where untouched."""
    row = session.get(Notice, WORKING)
    kept = row.texts if row else {}
    return {
        lang: {s.key: str(at(kept, lang, s.key) or s.text) for s in paper(pack).sections}
        for lang, pack in packs.items()
    }


def save(session: Session, packs: Packs, typed: Texts, by: str | None) -> None:
    """Keeps the working texts. Raises Refusal naming, as 'lang.key', each part that will not do."""
    faults, kept = {}, Texts()
    for lang, pack in packs.items():
        kept[lang] = {}
        for section in paper(pack).sections:
            text = typed.get(lang, {}).get(section.key, "").strip()
            kept[lang][section.key] = text
            if fault := _fault(section.key, text):
                faults[f"{lang}.{section.key}"] = fault
    if faults:
        raise Refusal("bad_input", faults)
    session.merge(Notice(version=WORKING, texts=kept, published_at=None, user_id=by))
    audit(session, by, "notice_written")


def _fault(key: str, text: str) -> str:
    if not text:
        return "missing"
    if len(text) > MOST:
        return "too_long"
    lacking = [place for place in PLACES.get(key, ()) if f"{{{place}}}" not in text]
    return "place_missing" if lacking else ""


def publish(session: Session, packs: Packs, by: str | None) -> int:
    """Makes what is written the next version; returns its number.

    Raises Refusal('company_unknown') while a fact is missing that the notice must say.
    """
    known = company.facts(session)
    if company.missing(known):
        raise Refusal("company_unknown")
    texts = working(session, packs)
    written = {lang: _parts(pack, texts[lang], known) for lang, pack in packs.items()}
    version = (newest(session) or 0) + 1
    session.add(Notice(version=version, texts=written, published_at=now_ms(), user_id=by))
    audit(session, by, "notice_published", {"version": version})
    return version


def _parts(pack: Pack, texts: Mapping[str, str], known: Mapping[str, str]) -> dict[str, object]:
    """A whole notice as it is given: only the source, which is each person's own, has its place."""
    given = papers.values(known, pack.notices, pack.lang)
    own = paper(pack)
    parts = [
        {
            "key": section.key,
            "heading": section.heading,
            "text": papers.filled(texts[section.key], given, keep=("source",)),
        }
        for section in own.sections
        if not section.only or given.get(section.only)
    ]
    return {"title": papers.filled(own.title, given), "parts": parts}


def given(session: Session, version: int, lang: str, source: str) -> papers.Written | None:
    """A published version in a language, with the source of one person's data; None for none."""
    row = session.get(Notice, version) if version else None
    if row is None or not row.texts:
        return None
    texts = members(row.texts.get(lang) or next(iter(row.texts.values())))
    place = {"source": source}
    parts = [
        papers.Part(
            str(part["heading"]), tuple(papers.filled(str(part["text"]), place).split("\n\n"))
        )
        for part in objects(texts["parts"])
    ]
    return papers.Written(PAPER, lang, str(texts["title"]), tuple(parts))


def versions(session: Session) -> Sequence[Notice]:
    """What was published, the newest first."""
    rows = select(Notice).where(Notice.published_at.is_not(None)).order_by(Notice.version.desc())
    return session.scalars(rows).all()
