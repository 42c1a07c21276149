"""Puts an answer that was refused back into its page: what was typed, and the fault at its field.

It works on the page as it is rendered for everybody, so that a kind's form needs to know nothing
of it. This is the way of phones without scripts, and rare.
"""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from flask import render_template

from game.screens.messages import RefusalTold
from game.web.phone.answer_form import Typed


def into(
    page: bytes, path: str, typed: Typed, told: RefusalTold, unplaced: Mapping[str, object]
) -> str:
    """The page with the form filled again; where it has no such form any more, with `unplaced`."""
    soup = BeautifulSoup(page, "html.parser")
    form = _form(soup, path, typed.form)
    if form is None:
        _tell_above(soup, told, unplaced)
    else:
        _fill(form, typed)
        _tell(soup, form, told)
        _open(form)
    return str(soup)


def _form(soup: BeautifulSoup, path: str, slot: str) -> Tag | None:
    for form in soup.find_all("form", action=path):
        own = form.find("input", attrs={"name": "_slot"})
        if own is not None and own.get("value") == slot:
            return form
    return None


def _tell_above(soup: BeautifulSoup, told: RefusalTold, unplaced: Mapping[str, object]) -> None:
    main = soup.find("main")
    assert main is not None
    html = render_template("phone/unplaced.html", told=told, item=unplaced)
    main.insert(0, BeautifulSoup(html, "html.parser"))


def _fill(form: Tag, typed: Typed) -> None:
    form["data-came-back"] = form["data-drafted"] = ""
    for field in form.find_all(["input", "textarea", "select"]):
        name = str(field.get("name", ""))
        if name and not name.startswith("_"):
            _put(field, typed.fields.getlist(name))


def _put(field: Tag, texts: list[str]) -> None:
    if field.name == "select":
        for option in field.find_all("option"):
            _mark(option, "selected", option.get("value") in texts)
    elif field.get("type") in ("radio", "checkbox"):
        _mark(field, "checked", field.get("value", "on") in texts)
    elif field.name == "textarea":
        field.string = texts[0] if texts else ""
    else:
        field["value"] = texts[0] if texts else ""


def _mark(field: Tag, name: str, is_so: bool) -> None:
    if is_so:
        field[name] = ""
    elif name in field.attrs:
        del field[name]


def _tell(soup: BeautifulSoup, form: Tag, told: RefusalTold) -> None:
    """Each fault at its field; one that has no field, or the refusal itself, on the form's line."""
    unsaid = [] if told["fields"] else [told["text"]]
    for name, text in told["fields"].items():
        field = form.find(["input", "textarea", "select"], attrs={"name": name})
        if field is None:
            unsaid.append(text)
        else:
            _tell_at(soup, form, field, text)
    line = form.find(class_="form-error")
    if line is not None and unsaid:
        line.string = " ".join(dict.fromkeys(unsaid))
        _mark(line, "hidden", is_so=False)


def _tell_at(soup: BeautifulSoup, form: Tag, field: Tag, text: str) -> None:
    id = f"{form.get('id', 'form')}-{field['name']}-error"
    line = soup.new_tag("p", attrs={"class": "error", "id": id})
    line.string = text
    field["aria-invalid"], field["aria-describedby"] = "true", id
    around = field.find_parent(class_="field") or field.parent
    assert around is not None
    classes = [*filter(None, around.get_attribute_list("class")), "has-error"]
    around["class"] = " ".join(classes)
    around.append(line)
    _open(field)


def _open(part: Tag) -> None:
    """What it stands in is not folded away."""
    for around in part.find_parents("details"):
        around["open"] = ""
    for around in (part, *part.parents):
        if isinstance(around, Tag):
            _mark(around, "hidden", is_so=False)
