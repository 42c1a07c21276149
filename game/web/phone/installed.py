"""What a phone is told so that the game can stand among its apps, where https allows it."""

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from game.base.refusal import Refusal
from game.context import current
from game.web.security import open_to_all

blueprint = Blueprint("installed", __name__)
KEEP = "public, max-age=3600"
DAY, NIGHT = "#fdf9f1", "#0e1433"  # the grounds, as the page's own head tells them


@blueprint.get("/<string(minlength=4, maxlength=8):code>/app.webmanifest")
@open_to_all
def manifest(code: str) -> ResponseReturnValue:
    """The workshop as an app: its name, where it starts, its mark. Raises Refusal."""
    header = current().headers.by_code(code)
    if header is None:
        raise Refusal("unknown_code")
    built = current_app.jinja_env.globals["built"]
    assert callable(built)
    mark = {"src": built("sourcerie.svg"), "sizes": "any", "type": "image/svg+xml"}
    dots = [
        {"src": built(f"sourcerie-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    answer: Response = jsonify(
        {
            "name": "Sourcerie",
            "short_name": "Sourcerie",
            "id": f"/{header.code}",
            "start_url": f"/{header.code}",
            "scope": "/",
            "display": "standalone",
            "background_color": DAY,
            "theme_color": NIGHT,
            "icons": [mark, *dots, {**dots[-1], "purpose": "maskable"}],
        }
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = KEEP
    return answer
