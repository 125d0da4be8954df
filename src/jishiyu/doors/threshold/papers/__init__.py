"""Official papers (文书): one description of a sheet, written as PDF and as Word."""

from jishiyu.doors.threshold.papers.pdf import write_pdf
from jishiyu.doors.threshold.papers.sheet import (
    Block,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Points,
    Sheet,
    Ticks,
    ToSign,
)
from jishiyu.doors.threshold.papers.word import write_word

__all__ = [
    "Block",
    "Facts",
    "Grid",
    "Heading",
    "Paragraph",
    "Picture",
    "Points",
    "Sheet",
    "Ticks",
    "ToSign",
    "write_pdf",
    "write_word",
]
