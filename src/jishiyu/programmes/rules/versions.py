"""Which text of the rules computes entitlements: the score's, and the programmes' own."""

from jishiyu.assessment.rules.explanation import RULES_TEXT
from jishiyu.law.rules.versions import text_digest
from jishiyu.programmes.rules.entitlement import RULES_VERSION

_TEXT = (*RULES_TEXT, "programmes/rules")


def rules_version() -> str:
    """The label and the digest of the text of all rules that an entitlement rests on: ``2026.1+3f9a0c21d4e5``."""
    return f"{RULES_VERSION}+{text_digest(_TEXT)}"
