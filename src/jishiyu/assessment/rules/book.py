"""The rules of means and indicators in one book, and which rule measures which indicator of the pack."""

from jishiyu.assessment.rules import indicators, means, property
from jishiyu.law.rules.rulebook import RuleBook, rules_of

_PAGES = (means, property, indicators)
# A page may bring in another's rule by name; each is entered once.
BOOK = RuleBook({id(each): each for page in _PAGES for each in rules_of(vars(page))}.values())

# Where the rule has another name than the indicator (a fact of that name exists already).
_MEASURES = {
    "liquid_assets": "liquid_assets_ratio",
    "debt": "debt_ratio",
    "type": "family_type",
    "support": "support_level",
    "event": "event_kind",
}
# The cases of an indicator that is no number, in the order of the rule's codes; a code beyond them is none of them.
CASES: dict[str, tuple[str, ...]] = {
    "inc_stability": ("none", "flexible", "steady"),
    "major_ill": ("two_serious", "one_serious", "chronic"),
    "dis_level": ("severe", "other"),
    "multi": ("several_or_old",),
    "safety": ("unsafe",),
    "able_unemployed": ("all", "some"),
    "child_risk": ("at_risk",),
    "type": ("bereaved_or_alone_80", "single_parent", "alone_60"),
    "support": ("none", "unable", "able"),
    "event": ("death_or_injury", "home_lost", "serious_illness", "job_loss"),
}


def measure_of(indicator: str) -> str:
    """The name of the rule that measures an indicator."""
    return _MEASURES.get(indicator, indicator)
