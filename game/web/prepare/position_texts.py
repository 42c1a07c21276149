"""What a position says, in its language and beside it in a second one, as its form has it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from flask import request

from game.base.json_object import Json
from game.base.languages import LANGS, NAMES
from game.screens import part_fields, part_form
from game.screens.part_fields import PartShown
from game.web.prepare.forms import BriefForm, OtherTextsForm

BESIDE = "other-"  # begins the fields of the second language


class Held(Protocol):
    """What is kept of a position, or of a workshop's copy of one."""

    own: Json
    translations: Json


def musts(held: Sequence[str]) -> dict[str, str]:
    """The must-haves as the fields of a form."""
    return {f"must_{n}": must for n, must in enumerate(held, 1)}


class PositionSheet:
    """A position's form, with the one beside it and the content of its own; all is checked at once.

    Without `held` nothing is kept yet.
    """

    def __init__(
        self, form: BriefForm, held: Held | None, lang: str, *, is_sent: bool | None = None
    ) -> None:
        self.is_sent = form.is_submitted() if is_sent is None else is_sent
        self.form, self.lang = form, lang
        self.other_lang = next(one for one in LANGS if one != lang)
        self.kept: Json = dict(held.translations) if held else {}
        said = self.kept.pop(self.other_lang, {})
        texts = said if isinstance(said, Mapping) else {}
        # a form that has no field of the second language leaves it as it is
        self.is_both = self.is_sent and any(name.startswith(BESIDE) for name in request.form)
        self.other = self._beside(texts)
        if self.is_sent:
            self.own, self.texts = part_form.read(request.form), part_form.read_texts(request.form)
            self.faults = part_fields.faults(self.own, self.texts)
        else:
            self.own, self.texts = (dict(held.own) if held else {}), dict(texts.get("own", {}))
            self.faults = {}

    def _beside(self, texts: Mapping[str, object]) -> OtherTextsForm:
        lines = texts.get("must_haves")
        held = {**texts, **musts(lines if isinstance(lines, list) else [])}
        sent = {} if self.is_both else {"formdata": None}
        form = OtherTextsForm(prefix=BESIDE, data=held, **sent)
        for field in form:
            field.label.text = f"{field.label.text} – {NAMES[self.other_lang]}"
            field.render_kw = {"lang": self.other_lang, "required": False}
        return form

    @property
    def parts(self) -> list[PartShown]:
        """The content of its own as fields, those of the second language beside them."""
        return part_fields.shown(self.own, self.faults, texts=self.texts)

    @property
    def names(self) -> tuple[str, str]:
        """Both languages, each by its own name."""
        return NAMES[self.lang], NAMES[self.other_lang]

    def is_right(self) -> bool:
        """Was it sent, and is all of it right? Each field says what is not."""
        if not self.is_sent:
            return False
        return (
            all([self.form.validate(), not self.is_both or self.other.validate()])
            and not self.faults
        )

    def values(self) -> dict[str, object]:
        """What is to be kept."""
        said = {name: v for name, v in self.other.values().items() if v}
        said = said if self.other.is_written else {}
        said |= {"own": self.texts} if self.texts else {}
        both = {**self.kept, self.other_lang: said} if said else self.kept
        return {**self.form.values(), "own": self.own, "translations": both}
