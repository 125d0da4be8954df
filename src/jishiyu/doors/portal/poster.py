"""A notice as a sheet to hang out in the community: what its public page says, and a code that leads there."""

import io
from typing import Any

import segno
from django.utils.translation import gettext

from jishiyu.doors.threshold.papers import Facts, Paragraph, Picture, Sheet
from jishiyu.doors.threshold.papers.words import foot, language
from jishiyu.doors.threshold.templatetags.jishiyu import say
from jishiyu.foundations.money import yuan_text
from jishiyu.notices.rules.masking import FREQUENCY_NAMES


def poster_of(notice: Any, address: str) -> Sheet:
    """The sheet of a notice; ``address`` is where its page is found."""
    told = notice.content
    amount = told["amount"]
    how_much = (
        gettext("由审批单位核定")
        if amount is None
        else f"{gettext('%(amount)s 元') % {'amount': yuan_text(amount)}} {say(FREQUENCY_NAMES.get(told['frequency']))}"
    )
    rows = [
        (gettext("申请人"), str(told["head"])),
        (gettext("家庭成员数"), str(told["members"])),
        (gettext("拟救助项目"), say(told["item"])),
        (gettext("拟救助金额"), how_much),
        (gettext("公示期"), say(told["window"])),
        (gettext("公示单位"), say(told["office"])),
    ]
    if told.get("telephone"):
        rows.append((gettext("监督电话"), str(told["telephone"])))
    return Sheet(
        gettext("社会救助公示"),
        (
            Paragraph(gettext("经调查审核，拟给予以下家庭社会救助，现予公示，接受群众监督。")),
            Facts(tuple(rows)),
            Paragraph(
                gettext("公示期内如有异议，可以到街道办事处当面提出，也可以扫码在网上提出，实名匿名均可。")
            ),
            Picture(code(address), gettext("扫码查看本公示、提出异议")),
        ),
        foot=foot(),
        language=language(),
        author=say(told["office"]),
    )


def code(address: str) -> str:
    """The QR code of an address, as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
