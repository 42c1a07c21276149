"""QR codes as SVG that takes its colour from the page."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit

import qrcode
from markupsafe import Markup

QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for four


def coarse(url: str) -> str:
    """The address with as few modules as it can have: in capitals, where it means the same.

    Capitals have a mode of their own (ISO/IEC 18004, 7.4.4) that takes a third less room: modules
    grow, and are read from farther. Scheme and host know no case, and a join code none either; any
    other path is left as it is.
    """
    parts = urlsplit(url)
    path = parts.path.strip("/")
    if parts.query or parts.username or path != path.upper():
        return url
    return url.upper()


@lru_cache(maxsize=2048)  # two a workshop, drawn in ten milliseconds each
def qr_svg(text: str) -> Markup:
    """The QR code of `text` as an <svg>, dark modules on a white ground; empty for no text."""
    if not text:
        return Markup()
    from qrcode.image.svg import SvgPathImage  # it brings lxml, which no start needs

    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    picture = BytesIO()
    code.make_image(image_factory=SvgPathImage).save(picture)
    svg = picture.getvalue().decode()
    return Markup(svg[svg.index("<svg") :])  # noqa: S704  our own drawing, no text of anybody's
