"""What went wrong, for programs: `application/problem+json` (RFC 9457) in their language."""

from collections.abc import Mapping, Sequence

import orjson
from flask import Response
from flask_babel import get_locale

from game.base.address import public_url
from game.base.languages import SOURCE
from game.context import current

API = "/api/"
MEDIA_TYPE = "application/problem+json"
EXPLAINED = "/api/docs"


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Sequence[tuple[str, str]] = (),
    more: Mapping[str, str] | None = None,
) -> Response:
    """An answer that says what went wrong; `errors` have `at`, `code` and `detail` each."""
    told = {
        "type": f"{public_url(current().settings)}{EXPLAINED}#{code}",
        **{"title": title, "status": status, "detail": detail, "code": code},
        "errors": list(errors),
        **(more or {}),
    }
    answer = Response(orjson.dumps(told), status, content_type=MEDIA_TYPE)
    locale = get_locale()
    answer.headers["Content-Language"] = locale.language if locale else SOURCE
    answer.headers.extend(list(headers))
    return answer
