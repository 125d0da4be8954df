"""All rules of the programmes and of the assessment they rest on, in one book."""

from jishiyu.assessment.rules import indicators, means, property
from jishiyu.law.rules.rulebook import RuleBook, rules_of
from jishiyu.programmes.rules import (
    conditions,
    dibao,
    disability,
    education,
    employment,
    housing,
    medical,
    tekun,
    temporary_relief,
)

_PAGES = (
    means, property, indicators, dibao, tekun, temporary_relief, medical,
    conditions, disability, education, employment, housing,
)  # fmt: skip
# A page may bring in another's rule by name; each is entered once.
BOOK = RuleBook({id(each): each for page in _PAGES for each in rules_of(vars(page))}.values())
