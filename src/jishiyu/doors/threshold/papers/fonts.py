"""Which letters there are on this machine to print Chinese with. Without any, a paper is refused: it would come out empty."""

from functools import cache
from typing import Literal

import typst

from jishiyu.foundations.outcomes import CannotBecause, sentence

# The faces of official documents first, then free ones that take their place.
BODY = (
    "FangSong",
    "FangSong_GB2312",
    "仿宋",  # as is: a face's name
    "STFangsong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "Noto Sans CJK SC",
    "PingFang SC",
)
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *BODY[4:])
HEADING = (
    "SimHei",
    "黑体",  # as is: a face's name
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Heiti SC",
    "PingFang SC",
    "Noto Serif CJK SC",
)


@cache
def installed() -> typst.Fonts:
    """The machine's fonts, looked up once."""
    return typst.Fonts()


def face(purpose: Literal["body", "title", "heading"]) -> str:
    """The first of the wished faces that is there. Raises :class:`CannotBecause` when the machine has no Chinese font at all."""
    wished = {"body": BODY, "title": TITLE, "heading": HEADING}[purpose]
    there = set(installed().families())
    found = next((name for name in wished if name in there), None)
    if found is None:
        raise CannotBecause(
            "papers.no_chinese_font",
            sentence("这台服务器上没有中文字体，不能生成 PDF 文书", "This server has no Chinese font: no PDF can be made"),
            sentence(
                "请管理员安装 fonts-noto-cjk（或其他中文字体）后再试；Word 文书可以照常下载",
                "The administrator has to install fonts-noto-cjk or another Chinese font; the Word file can be had all the same",
            ),
        )  # fmt: skip
    return found
