"""The versions of a case's visit record and its pictures, as pages and the device show them."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from jishiyu.cases import queries
from jishiyu.cases.rules.visits import FIELDS, differences, spoken
from jishiyu.doors.threshold.papers import Picture
from jishiyu.evidence.queries import content_of
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, refusal

HOW = {
    "alone": sentence("外出填写", "written on the device"),
    "merged": sentence("与上一版对照后合并", "merged with the version before"),
    "beside": sentence("与上一版并存", "kept beside the version before"),
    "desk": sentence("在工作台填写", "written at the desk"),
}
_KINDS = {"photo": sentence("照片", "Photograph"), "signature": sentence("手写签名", "Signature on glass")}


def visit_records(case_id: UUID, post: Post) -> dict[str, Any]:
    """All versions with what was chosen, and the pictures for who may see them; for the case page."""
    versions = queries.visit_versions(case_id)
    pictures = queries.pictures_of_case(case_id)
    return {
        "versions": [_version(row) for row in versions if row.how != "desk" or row.against_id],
        "pictures": [(one, _KINDS[one.kind]) for one in pictures],
        "count": len(pictures),
        "may_see": refusal(post, "cases.see_pictures") is None,
    }


def _version(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "how": HOW[row.how],
        "filed": hasattr(row, "filed"),
        "position": position_words(row.position),
        "left_out": [
            (FIELDS[one.field], spoken(one.field, one.values[_other(one.chosen)]))
            for one in sorted(row.choices.all(), key=lambda one: list(FIELDS).index(one.field))
        ],
    }


def _other(side: str) -> str:
    return "theirs" if side == "mine" else "mine"


def position_words(position: dict[str, Any] | None) -> str:
    """Degrees with how far off they may be; empty when no position was noted."""
    if not position:
        return ""
    return f"{position['north'] / 1e6:.5f}, {position['east'] / 1e6:.5f} ±{position['metres']} m"


def signature(row: Any, post: Post) -> list[Picture]:
    """The signature on glass for a paper, for who may see it; that is a look, too."""
    if row is None or refusal(post, "cases.see_pictures") is not None:
        return []
    record(
        act="cases.see_picture",
        about=("picture", row.pk),
        household=row.household_id,
        detail={"kind": row.kind},
    )
    drawn = b64encode(content_of(row.document)).decode()
    image = f'<image width="750" height="300" xlink:href="data:image/png;base64,{drawn}"/>'
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return [Picture(f'<svg {space} viewBox="0 0 750 300">{image}</svg>', gettext("家庭手写签名"), 50)]


def standing(case_id: UUID) -> list[dict[str, Any]]:
    """The versions that wait to be filed, each field in words; the newest last. For the desk's form."""
    return [
        {"row": row, "lines": lines(row.content), "position": position_words(row.position)}
        for row in queries.standing_visits(case_id)
    ]


def lines(content: dict[str, Any]) -> list[tuple[Sentence, Sentence]]:
    """The fields that say something, in words."""
    return [(FIELDS[name], spoken(name, content[name])) for name in FIELDS if content.get(name)]


def compared(mine: dict[str, Any], theirs: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields in which two versions differ, both in words."""
    return [
        {
            "field": one.field,
            "label": FIELDS[one.field],
            "mine": spoken(one.field, one.mine),
            "theirs": spoken(one.field, one.theirs),
        }
        for one in differences(mine, theirs)
    ]
