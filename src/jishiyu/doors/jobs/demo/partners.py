"""The demo's partner: a computer that anybody may play, with a printed secret, answered on this machine only."""

from datetime import datetime

from jishiyu.foundations.outcomes import sentence
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners.operations import FIELDS, Terms, agree_with_partner

CLIENT_ID = "demo-partner"


def enter_partner(secret: str, moment: datetime) -> None:
    """Agree with the demo's partner; it need not sign, and may be called back at any port of this machine."""
    terms = Terms(
        CLIENT_ID,
        sentence("演示对接系统", "Demo partner system"),
        reach="district",
        fields=FIELDS,
        callbacks=("http://127.0.0.1:*", "http://localhost:*"),
        signatures="checked",
        purpose="演示",
        each_minute=6000,
    )
    agree_with_partner(terms, secret=secret, actor=SYSTEM, moment=moment)
