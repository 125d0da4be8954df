"""What a public notice may show: a white list, so that whatever is not named here never leaves.

社会救助暂行办法 and 民发〔2021〕57号: name of the head, number of members, kind and amount of help, telephone of supervision.
Never: identity number, bank card, telephone, address, illness, disability, income and property, a minor's name or school.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jishiyu.foundations.identifiers import masked_name
from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.foundations.periods import age_on

ADULT = 18  # 民法典第十七条: not yet eighteen is a minor


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that is handed to :func:`content`; nothing else of the household comes near the public page."""

    head_name: str
    head_born: date
    members: int
    item: Sentence
    amount: int | None
    frequency: str
    place: Sentence
    office: Sentence
    telephone: str = ""


def content(shown: Shown, day: date) -> dict[str, Any]:
    """The words of a notice, as stored and shown. A minor at the head shows as the family name and 某."""
    minor = age_on(shown.head_born, day) < ADULT
    return {
        "head": f"{shown.head_name[:1]}某" if minor else masked_name(shown.head_name),
        "members": shown.members,
        "item": shown.item.as_data(),
        "amount": shown.amount,
        "frequency": shown.frequency,
        "place": shown.place.as_data(),
        "office": shown.office.as_data(),
        "telephone": shown.telephone,
    }


FREQUENCY_NAMES: dict[str, Sentence] = {
    "monthly": sentence("每月", "each month"),
    "yearly": sentence("每年", "each year"),
    "term": sentence("每学期", "each term"),
    "season": sentence("每采暖季", "each heating season"),
    "festival": sentence("每个节日", "each festival"),
    "once": sentence("一次性", "once"),
    "per_case": sentence("一事一议", "once for the case"),
    "per_event": sentence("按次", "each time"),
    "weekly": sentence("每周", "each week"),
    "standing": sentence("长期", "standing"),
    "as_needed": sentence("按需", "as needed"),
}
