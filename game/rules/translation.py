"""What a position says in a second language: texts alone, by the keys of the items they stand in.

What is no text – which answer is right, which criterion decides – is said once. A phone in that
language reads these texts where they are, and the others where they are not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from game.rules.own import OwnFault, OwnPart, Raw, is_one, own_parts, told
from game.rules.pack import Brief, Pack
from game.rules.part import Loc

UNSEEN = ("key", "brief")
TEXTS = ("title", "trade", "where", "why", "pay")  # of a brief, beside its must-haves


class Said(Protocol):
    """The texts of a brief as they are kept."""

    title: str
    trade: str
    must_haves: list[str]
    where: str
    why: str
    pay: str


class ReadyMade(Said, Protocol):
    """A workshop's copy of a brief; `key` says which one of a pack it came from."""

    key: str
    translations: Raw


@dataclass(frozen=True)
class BriefTexts:
    """The texts of a brief as they are read in one language."""

    title: str
    trade: str
    must_haves: tuple[str, ...]
    where: str
    why: str
    pay: str


def brief_in(row: Said, translations: Raw, lang: str) -> BriefTexts:
    """A brief's texts in a language where they are said in it, else as they are."""
    said = translations.get(lang)
    texts = said if isinstance(said, Mapping) else {}
    return BriefTexts(
        title=texts.get("title") or row.title,
        trade=texts.get("trade") or row.trade,
        must_haves=tuple(texts.get("must_haves") or row.must_haves),
        where=texts.get("where") or row.where,
        why=texts.get("why") or row.why,
        pay=texts.get("pay") or row.pay,
    )


def without_stale(
    row: ReadyMade, kept: Raw, values: Raw, packs: Iterable[Pack]
) -> dict[str, object]:
    """What a brief is changed to, without a pack's words in another language that are stale.

    They are where the brief now says something else than it did and nobody wrote on them: another
    job would be told in the words of the ready-made one. `kept` are the translations before.
    """
    new, said = dict(values), values.get("translations")
    if not isinstance(said, Mapping):
        return new
    ready = {
        pack.lang: texts_in(one) for pack in packs for one in pack.briefs if one.key == row.key
    }
    stale = {
        lang
        for lang, texts in said.items()
        if texts == kept.get(lang) == ready.get(lang)
        and any(values.get(name, getattr(row, name)) != getattr(row, name) for name in texts)
    }
    return {**new, "translations": {lang: one for lang, one in said.items() if lang not in stale}}


def texts_in(brief: Brief) -> dict[str, object]:
    """The texts of a ready-made brief that say something, as they are kept of a translation."""
    texts = {name: text for name in TEXTS if (text := getattr(brief, name))}
    return {**texts, "must_haves": list(brief.must_haves)}


def said_elsewhere(brief: Brief, lang: str, packs: Iterable[Pack]) -> dict[str, object]:
    """A ready-made brief's texts in the other languages whose packs have it, by language."""
    return {
        pack.lang: texts_in(one)
        for pack in packs
        if pack.lang != lang
        for one in pack.briefs
        if one.key == brief.key
    }


def not_yet_said(row: ReadyMade, lang: str, packs: Sequence[Pack]) -> dict[str, object]:
    """What a copy of a ready-made brief could say in languages it lacks; its own is `lang`.

    Nothing where it says something else than the ready-made one in its own language.
    """
    ready = next((b for p in packs if p.lang == lang for b in p.briefs if b.key == row.key), None)
    if ready is None or any(getattr(row, n) != text for n, text in texts_in(ready).items()):
        return {}
    found = said_elsewhere(ready, lang, packs)
    return {one: texts for one, texts in found.items() if not row.translations.get(one)}


def is_text(name: str, info: FieldInfo) -> bool:
    """Is this field of an item read by people, and so said in each language?"""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    kind = info.annotation
    listed = get_args(kind)[0] if get_origin(kind) is tuple else kind
    bare = get_args(listed)[0] if get_origin(listed) is Annotated else listed
    return name not in UNSEEN and "of" not in extra and bare is str


def texts_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of an item that are said in each language."""
    return tuple(name for name, info in model.model_fields.items() if is_text(name, info))


def lists_of(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, type[BaseModel]]]:
    """The fields of a model that hold lists of items, and what those items are."""
    for name, info in model.model_fields.items():
        inner = get_args(info.annotation)[0] if get_origin(info.annotation) is tuple else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield name, info, inner


def rows_of(raw: object) -> list[Mapping[str, object]]:
    """The items of a list as written."""
    rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
    return [row for row in rows if isinstance(row, Mapping)]


def own_in(own: Raw, translations: Raw, lang: str) -> Raw:
    """The content of a position's own as it is read in a language."""
    said = translations.get(lang)
    texts = said.get("own") if isinstance(said, Mapping) else None
    if not isinstance(texts, Mapping) or not texts:
        return own
    return {
        **own,
        **{part.name: _part(part, own[part.name], texts.get(part.name)) for part in own_parts()
           if part.name in own},
    }  # fmt: skip


def _part(part: OwnPart, raw: object, texts: object) -> object:
    if not is_one(part):
        return _rows(part.model, raw, texts)
    held = raw if isinstance(raw, Mapping) else {}
    said = texts if isinstance(texts, Mapping) else {}
    lists = {
        name: _rows(model, held.get(name), said.get(name))
        for name, _info, model in lists_of(part.model)
    }
    return {**held, **lists}


def _rows(model: type[BaseModel], raw: object, texts: object) -> list[dict[str, object]]:
    said = {row.get("key"): row for row in rows_of(texts)}
    wanted = texts_of(model)
    return [
        {**row, **{n: v for n, v in said.get(row.get("key"), {}).items() if n in wanted and v}}
        for row in rows_of(raw)
    ]


def faults(part: OwnPart, raw: object, texts: object) -> Iterator[OwnFault]:
    """What is wrong with what was written of a part in the second language.

    An item that says something there says all of it there. The way to a fault is that of the item.
    """
    if not is_one(part):
        yield from _row_faults(part.model, (), raw, texts)
        return
    held = raw if isinstance(raw, Mapping) else {}
    said = texts if isinstance(texts, Mapping) else {}
    for name, _info, model in lists_of(part.model):
        yield from _row_faults(model, (name,), held.get(name), said.get(name))


def _row_faults(model: type[BaseModel], way: Loc, raw: object, texts: object) -> Iterator[OwnFault]:
    said, wanted = {row.get("key"): row for row in rows_of(texts)}, texts_of(model)
    for n, row in enumerate(rows_of(raw)):
        mine = said.get(row.get("key"), {})
        written = {name: mine[name] for name in wanted if mine.get(name)}
        if not written:
            continue
        whole = {**{k: v for k, v in row.items() if k not in wanted}, **written}
        try:
            model.model_validate(whole)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                if fault["loc"] and fault["loc"][0] in wanted:
                    yield told((*way, n), fault)
