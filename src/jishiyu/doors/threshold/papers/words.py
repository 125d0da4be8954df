"""What every paper says alike: in which language it is, and what stands at its foot."""

from django.conf import settings
from django.utils.translation import get_language, gettext

from jishiyu.doors.threshold.papers.sheet import Language


def language() -> Language:
    """The language that the paper is written in: the reader's."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def foot() -> str:
    """What stands at the foot of each page: that a demo's paper is one."""
    return gettext("演示数据，均为虚构。") if settings.DEMO else ""
