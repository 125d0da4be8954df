"""Cases, the steps taken in them, home visits, and awards with their chain of aid.

Steps, awards' amounts and chains are never changed: the database refuses. An award without its closed chain is refused by a
deferred constraint trigger (``0002_row_security``). What may tell of health is sealed.
"""

from jishiyu.cases.models.afterwards import ChainRevision, LatePayment, Recovery, RevisedLine, WaitingNeed
from jishiyu.cases.models.award import Award, BillChain, BillLine, ChainLine
from jishiyu.cases.models.case import Case, CaseStep, HomeVisit

__all__ = [
    "Award",
    "BillChain",
    "BillLine",
    "Case",
    "CaseStep",
    "ChainLine",
    "ChainRevision",
    "HomeVisit",
    "LatePayment",
    "Recovery",
    "RevisedLine",
    "WaitingNeed",
]
