"""Conditions of the programme for pupils and students (助学): which school a member goes to."""

from typing import Any

from jishiyu.assessment.rules.facts import SCHOOLING
from jishiyu.law.rules.rulebook import rule


@rule(entity="person", zh="在幼儿园", en="At kindergarten")
def in_preschool(schooling: Any) -> Any:
    """As recorded."""
    return schooling == SCHOOLING["preschool"]


@rule(entity="person", zh="义务教育阶段学生", en="In compulsory school")
def in_compulsory_school(schooling: Any) -> Any:
    """Primary or junior high; which of them is not in the register."""
    return schooling == SCHOOLING["compulsory"]


@rule(entity="person", zh="普通高中学生", en="In senior high school")
def in_senior_high(schooling: Any) -> Any:
    """Ordinary senior high; vocational schools have grants of their own."""
    return schooling == SCHOOLING["senior"]


@rule(entity="person", zh="高等教育学生", en="In higher education")
def in_higher_education(schooling: Any) -> Any:
    """College or university."""
    return schooling == SCHOOLING["higher"]
