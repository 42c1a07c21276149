"""A paper as a PDF. Its face, Bitstream Vera, comes with the library and is embedded."""

from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from game.privacy.papers import Written

PLAIN, BOLD = "Vera", "VeraBd"
MARGIN = 22 * mm
TEXT = ParagraphStyle("text", fontName=PLAIN, fontSize=10, leading=15, spaceAfter=6)
LISTED = ParagraphStyle("listed", TEXT, leftIndent=5 * mm, firstLineIndent=-5 * mm)
HEADING = ParagraphStyle("heading", fontName=BOLD, fontSize=12, leading=16, spaceBefore=12)
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=18, leading=24, spaceAfter=10)


@cache
def _faces() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def pdf(paper: Written) -> bytes:
    """The paper on sheets of A4."""
    _faces()
    made = BytesIO()
    sheets = SimpleDocTemplate(
        made, pagesize=A4, title=paper.title, author="Sourcerie", lang=paper.lang,
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    flow = [Paragraph(_shown(paper.title), TITLE)]
    for part in paper.parts:
        flow.append(Paragraph(_shown(part.heading), HEADING))
        for one in part.paragraphs:
            flow.append(Paragraph(_shown(one), LISTED if one.startswith("– ") else TEXT))
    sheets.build(flow)
    return made.getvalue()


def _shown(text: str) -> str:
    """The text as the library takes it; the narrow space, which the face lacks, is a plain one."""
    return escape(text.replace("\u202f", "\u00a0")).replace("\n", "<br/>")
