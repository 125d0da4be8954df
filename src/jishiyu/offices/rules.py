"""Who may act: posts, their reach, and which post may do which act. Pure: no database, no clock."""

from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import NotYours, Sentence, sentence

Scope = Literal["sub_district", "agency", "district", "audit", "expert", "admin", "public", "system"]
Role = Literal[
    "caseworker", "reviewer", "sub_district_head", "agency_officer", "decider", "finance", "office",
    "expert", "auditor", "admin", "public", "system",
]  # fmt: skip

ROLE_NAMES: dict[str, Sentence] = {
    "caseworker": sentence("街道经办", "Sub-district caseworker"),
    "reviewer": sentence("街道审核", "Sub-district reviewer"),
    "sub_district_head": sentence("街道负责人", "Head of sub-district"),
    "agency_officer": sentence("成员单位经办", "Agency officer"),
    "decider": sentence("审批", "Decider"),
    "finance": sentence("财务", "Finance"),
    "office": sentence("领导小组办公室", "Leading group's office"),
    "expert": sentence("评估专家", "Expert"),
    "auditor": sentence("审计监督", "Auditor"),
    "admin": sentence("系统管理", "System administrator"),
    "public": sentence("公众", "Public"),
    "system": sentence("系统", "System"),
}

# How far each role sees. District civil affairs, finance and the office see every household that the district helps.
SCOPE_OF_ROLE: dict[str, Scope] = {
    "caseworker": "sub_district",
    "reviewer": "sub_district",
    "sub_district_head": "sub_district",
    "agency_officer": "agency",
    "decider": "agency",
    "finance": "district",
    "office": "district",
    "expert": "expert",
    "auditor": "audit",
    "admin": "admin",
    "public": "public",
    "system": "system",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位) as held by a person in one request: the only thing that carries rights.

    ``area`` is the 9-digit code of the post's sub-district, ``agency`` the code of its member unit; either may be empty.
    """

    id: str
    code: str
    role: Role
    scope: Scope
    area: str
    agency: str
    title: Sentence
    officer: str
    officer_name: str


PUBLIC = Post("", "public", "public", "public", "", "", ROLE_NAMES["public"], "", "")
SYSTEM = Post("", "system", "system", "system", "", "", ROLE_NAMES["system"], "", "")

# Who may do what. The act's name is its room and its function. "see" acts open screens; the rest change something.
_EVERY_OFFICE = "caseworker reviewer sub_district_head agency_officer decider finance office auditor"
_STREET = "caseworker reviewer sub_district_head"
_RIGHTS: dict[str, str] = {
    "assessment.approve_indicators": "office",
    "assessment.assess": f"{_STREET} agency_officer decider office",
    "assessment.judge": "expert",
    "assessment.screen": "office",
    "assessment.see_figures": "expert office auditor",
    "cases.accept": "caseworker agency_officer",
    "cases.apply": "caseworker agency_officer",
    "cases.back_pay": "decider",
    "cases.check": "caseworker agency_officer office",
    "cases.close": "caseworker decider",
    "cases.close_waiting_need": "decider office",
    "cases.confirm_recovery": "decider sub_district_head",
    "cases.decide": "decider sub_district_head",
    "cases.note_late_insurance": "caseworker",
    "cases.rest_on_newer": "caseworker reviewer agency_officer",
    "cases.review": "reviewer sub_district_head agency_officer",
    "cases.see": _EVERY_OFFICE,
    "cases.take_step": f"{_STREET} agency_officer decider finance office",
    "cases.visit": "caseworker reviewer agency_officer",
    "cases.withdraw": "caseworker agency_officer",
    "evidence.import": "caseworker agency_officer",
    "evidence.see": f"{_STREET} agency_officer office auditor",
    "funds.deposit": "finance",
    "funds.pay": "finance",
    "funds.see": "finance office auditor decider",
    "funds.settle_recovery": "finance",
    "journal.see": "auditor office admin",
    "journal.verify": "auditor office",
    "law.approve_table": "office",
    "law.propose_table": "office",
    "law.see": f"{_EVERY_OFFICE} expert admin",
    "notices.publish": "caseworker agency_officer",
    "notices.object": f"public {_STREET}",
    "notices.answer": "reviewer sub_district_head",
    "notices.see": f"{_EVERY_OFFICE} public",
    "offices.manage": "admin",
    "offices.see": f"{_EVERY_OFFICE} expert admin",
    "oversight.manage": "office",
    "oversight.see": _EVERY_OFFICE,
    "oversight.see_trials": "decider finance office auditor",
    "oversight.try_changes": "decider office",
    "programmes.compute": f"{_STREET} agency_officer decider office",
    "programmes.see": _EVERY_OFFICE,
    "registry.change": "caseworker",
    "registry.export": f"{_STREET} office",
    "registry.register": "caseworker",
    "registry.see": _EVERY_OFFICE,
    "registry.tell": "caseworker reviewer agency_officer",
    "registry.unmask": f"{_STREET} agency_officer decider office",
}
RIGHTS: dict[str, frozenset[str]] = {act: frozenset(roles.split()) for act, roles in _RIGHTS.items()}


def refusal(post: Post, act: str) -> Sentence | None:
    """None when the post may do the act, else why not. An unknown act is nobody's. The system post may do everything."""
    if post.role == "system" or post.role in RIGHTS.get(act, frozenset()):
        return None
    allowed = [ROLE_NAMES[role] for role in ROLE_NAMES if role in RIGHTS.get(act, frozenset())]
    return sentence(
        "“{post}”岗位无权进行此操作（{act}）。可以办理的岗位：{who_zh}",
        "The post “{post}” has no right to this act ({act}). Posts that have: {who_en}",
        post=ROLE_NAMES[post.role],
        act=act,
        who_zh="、".join(name.say("zh") for name in allowed) or "无",
        who_en=", ".join(name.say("en") for name in allowed) or "none",
    )


def require(post: Post, act: str) -> None:
    """Raise :class:`NotYours` unless the post may do the act."""
    why = refusal(post, act)
    if why is not None:
        raise NotYours("not_your_act", why)
