"""The page that shows all pictures, a row a screen."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

SHEET = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Sourcerie, in pictures</title>
<style>
body {{ font: 16px/1.4 system-ui; margin: 1rem 2rem; background: #888; color: #000 }}
h2 {{ margin: 2rem 0 0.5rem }} h3 {{ margin: 0.8rem 0 0.2rem; font-size: 1rem }}
.row {{ display: flex; gap: 0.6rem; align-items: start; flex-wrap: wrap }}
figure {{ margin: 0 }} img {{ display: block; width: {width}px; background: #fff }}
figcaption {{ font-size: 0.75rem }} .over {{ outline: 4px solid #d00 }}
</style><h1>Sourcerie, in pictures</h1><p>{count} pictures. {over}</p><nav>{nav}</nav>{body}</html>
"""


class Shot(NamedTuple):
    """One picture: the surface and size it belongs to, its screen, and what hangs over there."""

    group: str
    screen: str
    lang: str
    theme: str
    file: str
    over: str


def sheet(shots: list[Shot]) -> str:
    """The page that shows them, a row a screen."""
    groups = list(dict.fromkeys(shot.group for shot in shots))
    over = [f"{s.group} {s.screen} ({s.lang}, {s.theme}): {s.over}" for s in shots if s.over]
    listed = "".join(f"<li>{escape(one)}</li>" for one in over)
    nav = " · ".join(f'<a href="#{_anchor(group)}">{escape(group)}</a>' for group in groups)
    told = f"<b>{len(over)} hang over:</b><ul>{listed}</ul>" if over else "Nothing hangs over."
    body = "".join(_group(group, [s for s in shots if s.group == group]) for group in groups)
    return SHEET.format(width=300, count=len(shots), over=told, nav=nav, body=body)


def _anchor(group: str) -> str:
    return group.replace(" ", "-")


def _group(group: str, shots: list[Shot]) -> str:
    rows = "".join(
        f'<h3>{escape(screen)}</h3><div class="row">{"".join(map(_figure, found))}</div>'
        for screen, found in _by_screen(shots)
    )
    return f'<h2 id="{_anchor(group)}">{escape(group)}</h2>{rows}'


def _by_screen(shots: list[Shot]) -> Iterator[tuple[str, list[Shot]]]:
    for screen in dict.fromkeys(shot.screen for shot in shots):
        yield screen, [shot for shot in shots if shot.screen == screen]


def _figure(shot: Shot) -> str:
    told = escape(f"{shot.lang}, {shot.theme}" + (f", {shot.over}" if shot.over else ""))
    mark = ' class="over"' if shot.over else ""
    image = f'<img loading="lazy" src="{shot.file}" alt="{escape(shot.screen)}, {told}"{mark}>'
    return f'<figure><a href="{shot.file}">{image}</a><figcaption>{told}</figcaption></figure>'
