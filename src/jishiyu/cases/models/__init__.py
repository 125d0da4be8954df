"""Cases, the steps taken in them, home visits, and awards with their chain of aid.

Steps, awards' amounts and chains are never changed: the database refuses. An award without its closed chain is refused by a
deferred constraint trigger (``0002_row_security``). What may tell of health is sealed.
"""

from jishiyu.cases.models.afterwards import ChainRevision, LatePayment, Recovery, RevisedLine, WaitingNeed
from jishiyu.cases.models.award import Award, BillChain, BillLine, ChainLine
from jishiyu.cases.models.case import Case, CaseStep, HomeVisit
from jishiyu.cases.models.life_after import Appeal, Circumstance, Measure, RecheckPlan, Suspension
from jishiyu.cases.models.second_eyes import (
    Check,
    CheckFinding,
    CheckFollowUp,
    FirstSignature,
    FrameCase,
    NearRelative,
    SpotDraw,
)
from jishiyu.cases.models.services import Appointment, Delivery, Provider, Satisfaction
from jishiyu.cases.models.visits import (
    VisitAttachment,
    VisitChoice,
    VisitFiled,
    VisitSent,
    VisitTaken,
)
from jishiyu.cases.models.work_desk import (
    Assignment,
    Batch,
    BatchItem,
    Handover,
    Mention,
    Note,
    NoteWithdrawn,
    SavedFilter,
    StepBefore,
    TakenBack,
)

__all__ = [
    "Appeal",
    "Appointment",
    "Assignment",
    "Award",
    "Batch",
    "BatchItem",
    "BillChain",
    "BillLine",
    "Case",
    "CaseStep",
    "ChainLine",
    "ChainRevision",
    "Check",
    "CheckFinding",
    "CheckFollowUp",
    "Circumstance",
    "Delivery",
    "FirstSignature",
    "FrameCase",
    "Handover",
    "HomeVisit",
    "LatePayment",
    "Measure",
    "Mention",
    "NearRelative",
    "Note",
    "NoteWithdrawn",
    "Provider",
    "RecheckPlan",
    "Recovery",
    "RevisedLine",
    "Satisfaction",
    "SavedFilter",
    "SpotDraw",
    "StepBefore",
    "Suspension",
    "TakenBack",
    "VisitAttachment",
    "VisitChoice",
    "VisitFiled",
    "VisitSent",
    "VisitTaken",
    "WaitingNeed",
]
